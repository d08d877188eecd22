import type {Duplex} from 'node:stream';

/** Sends bytes to where a stream goes; resolves when they were handed over, or the stream is destroyed. */
export type Write = (bytes: Uint8Array) => Promise<void>;

/**
 * Takes what was written to a stream, piece by piece; the next one comes when this one is done.
 *
 * @param hasMore whether more was written already
 */
export type Pass = (bytes: Buffer, write: Write, hasMore: boolean) => Promise<void>;

/**
 * Has what is written to a stream pass through a function of ours on its way out. It stands in for
 * the stream's own way out, below its buffer, so that whoever writes sees nothing of it: pressure,
 * callbacks and the end come as if the way out were slow.
 *
 * @returns a function that gives the stream its own way out back
 */
export function divert(stream: Duplex, pass: Pass): () => void {
	const {_write} = stream;
	const own = ways.map(way => [way, Object.getOwnPropertyDescriptor(stream, way)] as const);
	const write: Write = bytes =>
		new Promise((resolve, reject) => {
			if (stream.destroyed) return resolve();
			const done = (error?: Error | null) => (error ? reject(error) : resolve());
			Reflect.apply(_write, stream, [bytes, 'buffer', done]);
		});
	const value = (piece: Buffer | string, encoding: BufferEncoding, done: () => void) => {
		const hasMore = stream.writableLength > piece.length;
		const bytes = typeof piece === 'string' ? Buffer.from(piece, encoding) : piece;
		// What can't be sent can't be sent: the client has left, and the record says so.
		void pass(bytes, write, hasMore).then(done, () => stream.destroy());
	};
	Object.defineProperties(stream, {
		_write: {value, configurable: true},
		_writev: {value: undefined, configurable: true},
	});
	return () => {
		for (const [way, descriptor] of own) {
			if (descriptor === undefined) Reflect.deleteProperty(stream, way);
			else Object.defineProperty(stream, way, descriptor);
		}
	};
}

const ways = ['_write', '_writev'];
