import type {IncomingMessage} from 'node:http';
import type {BodyStore, BodyWriter, StoredContent} from './body-store.ts';

/** A body as it came in: its content, and whether the message reached its end. */
export interface ReadBody extends StoredContent {
	readonly complete: boolean;
}

/**
 * Takes a request's body into the store, with no more of it in memory than the store's limit.
 * Resolves when the message has ended or was cut off; what came until then is kept.
 */
export async function readBody(request: IncomingMessage, store: BodyStore): Promise<ReadBody> {
	const writer = store.writer();
	const complete = await drain(request, writer);
	return {...(await writer.end()), complete};
}

function drain(request: IncomingMessage, writer: BodyWriter): Promise<boolean> {
	return new Promise((resolve, reject) => {
		let pending = Promise.resolve();
		const take = (piece: Buffer) => {
			if (writer.fits(piece)) return writer.add(piece);
			// Reading pauses while a piece is written, so that memory holds one piece and no queue.
			request.pause();
			pending = pending.then(() => writer.write(piece)).then(() => void request.resume());
			pending.catch(reject);
		};
		const finish = () => {
			request.off('data', take);
			// What came while reading paused is still there when the client has left.
			for (let piece = request.read(); piece !== null; piece = request.read()) take(piece);
			void pending.then(() => resolve(request.complete), reject);
		};
		request.on('data', take);
		request.once('end', finish);
		// A client that leaves raises an error here, which says no more than `complete` does.
		request.once('error', finish);
		request.once('close', finish);
	});
}
