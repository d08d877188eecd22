import type {OutgoingHttpHeaders, ServerHttp2Stream, ServerStreamResponseOptions} from 'node:http2';
import type {CompiledResponse} from '../scenario/compiled.ts';
import {breakStream} from './break-off.ts';
import {divert} from './divert.ts';
import {PacedBody} from './paced-body.ts';
import {Packets} from './packets.ts';

/**
 * Has a response go out on its HTTP/2 stream at its pace, and with its fault. A reset is RST_STREAM,
 * of this stream alone. HEADERS can't be cut in the middle, and bytes outside of frames would end all
 * other streams: reset-in-head and garbage reset the stream before its head too.
 */
export function scriptHttp2(stream: ServerHttp2Stream, {fault, pace}: CompiledResponse): void {
	const limit = fault?.kind === 'truncated' ? fault.after : Number.POSITIVE_INFINITY;
	if (fault !== undefined && fault.kind !== 'truncated') {
		breakAtHead(stream, fault.kind === 'reset-after-head');
		return;
	}
	const body = new PacedBody(stream, pace, new Packets(stream, pace.packetSize), limit);
	divert(stream, async (bytes, write, hasMore) => {
		await body.send(bytes, write, hasMore);
		if (body.isOver) breakStream(stream);
	});
}

type Respond = (headers?: OutgoingHttpHeaders, options?: ServerStreamResponseOptions) => void;

/** Resets a stream when its head would go out, or has. */
function breakAtHead(stream: ServerHttp2Stream, sendsHead: boolean): void {
	const respond = stream.respond.bind(stream);
	const value: Respond = (headers, options) => {
		// What Koa writes from here on goes nowhere; only then can the stream end without an error in Koa.
		divert(stream, () => new Promise(() => {}));
		if (sendsHead) respond(headers, {...options, endStream: false});
		setImmediate(() => breakStream(stream));
	};
	Object.defineProperty(stream, 'respond', {value, configurable: true});
}
