import {createHash} from 'node:crypto';
import {type Content, type FileContent, keptSize, type Lost} from './content.ts';
import {memoryLimit} from './memory-limit.ts';
import {lengthOf, type Part} from './parts.ts';
import {SharedBeginning} from './shared-beginning.ts';
import type {Shelf, StoredContent, WritableFile} from './shelf.ts';

/** How many bytes of a body in files stay in memory, to be shown when the files are gone. */
const headSize = 256;

/**
 * A body that is too large for memory, while it comes in: all of it is hashed, and kept in files as
 * far as the limit and the disk let it. What it begins with in common with an earlier body is compared
 * with that one and not written again, so that a body that is sent twice is never there twice.
 */
export class LargeBody {
	readonly #shelf: Shelf;
	readonly #hash = createHash('sha256');
	#size = 0;
	/** The first bytes, as many as memory takes. */
	#start = Buffer.alloc(0);
	/** Their digest. */
	#beginning = '';
	#known: FileContent | undefined;
	#shared: SharedBeginning | undefined;
	#file: {readonly path: string; readonly handle: WritableFile} | undefined;
	#written = 0;
	#lost: Lost | undefined;

	constructor(shelf: Shelf) {
		this.#shelf = shelf;
	}

	/** Takes in the next bytes; the first ones must be more than memory takes. Never rejects. */
	async take(portion: Buffer): Promise<void> {
		if (this.#size === 0) this.#begin(portion);
		// Nothing is awaited before the disk has its order: it works while the digest is computed.
		const kept = this.#keep(portion);
		this.#hash.update(portion);
		this.#size += portion.length;
		await kept;
	}

	/** Ends the body and puts it in the store. */
	async end(): Promise<StoredContent> {
		await this.#shared?.close();
		await this.#closeFile();
		const content = this.#content();
		const identity = {
			sha256: this.#hash.digest('hex'),
			size: this.#size,
			kept: keptSize(content),
		};
		const stored = this.#shelf.keep(identity, () => content, this.#beginning);
		const held = [...(this.#known?.parts ?? []), ...this.#ownPart()];
		await this.#shelf.files.letGo(held);
		return stored;
	}

	#begin(portion: Buffer): void {
		this.#start = Buffer.from(portion.subarray(0, memoryLimit));
		this.#beginning = createHash('sha256').update(this.#start).digest('hex');
		this.#known = this.#shelf.known(this.#beginning);
		if (this.#known === undefined) return;
		this.#shelf.files.hold(this.#known.parts);
		this.#shared = new SharedBeginning(this.#known);
	}

	async #keep(portion: Buffer): Promise<void> {
		if (this.#lost !== undefined) return;
		const room = this.#shelf.limit - this.#size;
		if (portion.length > room) this.#lost = {why: 'limit'};
		// What memory takes is there already.
		if (this.#shelf.closed || this.#shelf.limit <= memoryLimit) return;
		try {
			const bytes = portion.subarray(0, room);
			const same = this.#file === undefined ? this.#shared?.follow(bytes) : undefined;
			// The bytes that are no more the same as those of the known body.
			await this.#append(same === undefined ? bytes : bytes.subarray(await same));
		} catch (cause) {
			// Whatever is wrong with the disk, the exchange is recorded.
			if (!this.#shelf.closed) this.#lost = {why: 'disk', cause};
		}
	}

	async #append(bytes: Buffer): Promise<void> {
		for (let done = 0; done < bytes.length; ) {
			if (this.#file === undefined) {
				this.#file = await this.#shelf.createFile();
				this.#shelf.files.hold(this.#ownPart());
			}
			const {bytesWritten} = await this.#file.handle.write(bytes, done, bytes.length - done);
			if (bytesWritten === 0) throw new Error('The disk takes no more bytes.');
			done += bytesWritten;
			this.#written += bytesWritten;
		}
	}

	/** Some file systems say only at the end that they have not taken what was written. */
	async #closeFile(): Promise<void> {
		try {
			await this.#file?.handle.close();
		} catch (cause) {
			this.#written = 0;
			this.#lost = {why: 'disk', cause};
		}
	}

	#ownPart(): Part[] {
		return this.#file === undefined ? [] : [{path: this.#file.path, length: this.#written}];
	}

	#content(): Content {
		const {limit, closed} = this.#shelf;
		const size = this.#size;
		const lost = this.#lost && {lost: this.#lost};
		const own = this.#ownPart().filter(({length}) => length > 0);
		const parts = [...(this.#shared?.parts ?? []), ...own];
		const start = this.#start.subarray(0, limit);
		if (!closed && lengthOf(parts) <= start.length)
			return {kind: 'memory', bytes: start, size, ...lost};
		const head = Buffer.from(start.subarray(0, headSize));
		return {kind: 'file', parts: closed ? gone(Math.min(size, limit)) : parts, head, size, ...lost};
	}
}

/** Bytes that nobody can read any more: their store was closed before the last one came. */
function gone(length: number): Part[] {
	return [{path: '', length}];
}
