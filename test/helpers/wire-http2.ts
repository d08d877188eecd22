import {
	type ClientHttp2Stream,
	connect,
	type IncomingHttpHeaders,
	type IncomingHttpStatusHeader,
	type SecureClientSessionOptions,
} from 'node:http2';

type Http2Head = IncomingHttpHeaders & IncomingHttpStatusHeader;

/** What a client saw of one stream of HTTP/2. */
export interface Http2Wire {
	/** The fields of each interim response, with `:status`. */
	readonly interim: readonly Http2Head[];
	/** The fields of the response with `:status`; undefined when none came. */
	readonly head: Http2Head | undefined;
	/** Field lines as they came: `[name, value, name, value …]`. */
	readonly raw: readonly string[];
	/** The body, in the pieces in which it came. */
	readonly pieces: readonly Buffer[];
	/** The error code of RST_STREAM; 0 when the stream ended in good order. */
	readonly code: number;
}

/** Sends one request by HTTP/2, with prior knowledge on http URLs, and reads until its stream closes. */
export async function askHttp2(
	url: string,
	method = 'POST',
	options: SecureClientSessionOptions = {},
): Promise<Http2Wire> {
	const {origin, pathname} = new URL(url);
	// `strictSingleValueFields` is of Node 24: with it off, two Location fields are let through.
	const session = connect(origin, {...options, ...{strictSingleValueFields: false}});
	session.on('error', () => {});
	const stream: ClientHttp2Stream = session.request({':method': method, ':path': pathname});
	const interim: Http2Head[] = [];
	const pieces: Buffer[] = [];
	let head: Http2Head | undefined;
	let raw: readonly string[] = [];
	stream.on('headers', headers => void interim.push(headers));
	stream.on('response', (headers: Http2Head, _flags: number, rawHeaders: unknown) => {
		head = headers;
		if (Array.isArray(rawHeaders)) raw = rawHeaders.map(String);
	});
	stream.on('data', (piece: Buffer) => void pieces.push(piece));
	stream.on('error', () => {});
	stream.end();
	await new Promise(resolve => stream.once('close', resolve));
	const {rstCode = 0} = stream;
	session.close();
	if (!session.destroyed) await new Promise(resolve => session.once('close', resolve));
	return {interim, head, raw, pieces, code: rstCode};
}
