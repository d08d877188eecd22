import type {ServerHttp2Stream} from 'node:http2';

const ours = new WeakSet<object>();

/** Resets a stream of HTTP/2, so that the record does not take it for the client's doing. */
export function resetStream(stream: ServerHttp2Stream, code: number): void {
	ours.add(stream);
	stream.close(code);
}

/** Whether it was the double that reset a stream. */
export function isResetByDouble(stream: object): boolean {
	return ours.has(stream);
}
