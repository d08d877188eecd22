import {once} from 'node:events';
import {
	type ClientHttp2Session,
	type ClientHttp2Stream,
	connect,
	type IncomingHttpHeaders,
	type IncomingHttpStatusHeader,
	type OutgoingHttpHeaders,
} from 'node:http2';
import {buffer} from 'node:stream/consumers';

type ResponseHead = IncomingHttpHeaders & IncomingHttpStatusHeader;

/** A response on a stream, read to its end. */
export interface Http2Response {
	readonly status: number;
	readonly headers: ResponseHead;
	readonly body: Buffer;
}

/** A client that speaks HTTP/2, over TLS or with prior knowledge, and follows nothing by itself. */
export class Http2Client {
	readonly session: ClientHttp2Session;

	constructor(session: ClientHttp2Session) {
		this.session = session;
		// A session that breaks tells so by closing, and by its streams.
		session.on('error', () => {});
	}

	/** Begins a request whose body is yet to be sent. */
	begin(headers: OutgoingHttpHeaders, {trailers}: {trailers?: boolean} = {}): ClientHttp2Stream {
		return this.session.request(headers, {endStream: false, waitForTrailers: trailers === true});
	}

	/** Sends a request, whole, and reads its response. */
	async ask(
		headers: OutgoingHttpHeaders,
		body?: string | Uint8Array,
		trailers?: OutgoingHttpHeaders,
	): Promise<Http2Response> {
		const stream = this.session.request(headers, {
			endStream: body === undefined,
			waitForTrailers: trailers !== undefined,
		});
		stream.once('wantTrailers', () => stream.sendTrailers(trailers ?? {}));
		if (body !== undefined) stream.end(body);
		return readResponse(stream);
	}

	/** Resolves when the session has ended. */
	async closed(): Promise<void> {
		if (!this.session.closed || !this.session.destroyed) await once(this.session, 'close');
	}

	[Symbol.dispose](): void {
		this.session.destroy();
	}
}

/** Reads the response on a stream to its end. */
export async function readResponse(stream: ClientHttp2Stream): Promise<Http2Response> {
	const head = new Promise<ResponseHead>((resolve, reject) => {
		stream.once('response', resolve);
		stream.once('error', reject);
		stream.once('close', () => reject(new Error('The stream closed without a response.')));
	});
	const headers = await head;
	return {status: headers[':status'] ?? 0, headers, body: await buffer(stream)};
}

/** Connects to where a URL points: over TLS for https, with prior knowledge for http. */
export async function connectHttp2(
	url: string,
	options: {ca?: string; servername?: string} = {},
): Promise<Http2Client> {
	const session = connect(url, options);
	const client = new Http2Client(session);
	await once(session, 'connect');
	return client;
}
