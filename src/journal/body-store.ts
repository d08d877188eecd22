import {createHash, type Hash} from 'node:crypto';
import {type FileHandle, open, rm} from 'node:fs/promises';
import {join} from 'node:path';
import {type Content, noContent} from './content.ts';
import {TemporaryFolder} from './temporary-folder.ts';

/** Bodies up to this size in bytes stay in memory; larger ones are streamed to a file. */
export const memoryLimit = 64 * 1024;

/** How many bytes of a large body stay in memory, to be shown when its file is gone. */
const headSize = 256;

/** A body's content with its digest (SHA-256, lower-case hex). */
export interface StoredContent {
	readonly content: Content;
	readonly sha256: string;
}

/** Keeps the bodies of one double by content: equal ones once, large ones in temporary files. */
export class BodyStore {
	readonly #folder = new TemporaryFolder();
	readonly #kept = new Map<string, {content: Content; uses: number}>();
	#files = 0;
	#closed = false;

	/** Begins to take in a body. */
	writer(): BodyWriter {
		return new BodyWriter(this);
	}

	/** Gives back one use of a content; with the last one, its bytes go. */
	async release(sha256: string): Promise<void> {
		const entry = this.#kept.get(sha256);
		if (entry === undefined || --entry.uses > 0) return;
		this.#kept.delete(sha256);
		if (entry.content.kind === 'file') await rm(entry.content.path, {force: true});
	}

	/** Lets go of all contents and removes their files; no new ones are made. */
	async close(): Promise<void> {
		this.#closed = true;
		this.#kept.clear();
		await this.#folder.remove();
	}

	/** @internal The content to use for these bytes: the one that is there already, or this one. */
	async keep(sha256: string, content: Content): Promise<Content> {
		const entry = this.#kept.get(sha256);
		if (entry === undefined) {
			if (!this.#closed) this.#kept.set(sha256, {content, uses: 1});
			return content;
		}
		entry.uses++;
		if (content.kind === 'file') await rm(content.path, {force: true});
		return entry.content;
	}

	/** @internal A new file in the store's folder. */
	async openFile(): Promise<BodyFile> {
		const path = join(await this.#folder.path(), `body-${++this.#files}`);
		return {path, handle: await open(path, 'wx', 0o600)};
	}

	/** @internal Writes, unless the store is closed: then the bytes have nobody to read them. */
	async unlessClosed(write: () => Promise<void>): Promise<void> {
		if (this.#closed) return;
		try {
			await write();
		} catch (error) {
			if (!this.#closed) throw error;
		}
	}
}

interface BodyFile {
	readonly path: string;
	readonly handle: FileHandle;
}

/** Takes in one body, piece by piece. */
export class BodyWriter {
	readonly #store: BodyStore;
	readonly #pieces: Buffer[] = [];
	#size = 0;
	#large: {readonly hash: Hash; readonly head: Buffer} | undefined;
	#file: BodyFile | undefined;

	constructor(store: BodyStore) {
		this.#store = store;
	}

	/** Whether the next piece fits in memory, so that `write` need not be waited for. */
	fits(piece: Buffer): boolean {
		return this.#large === undefined && this.#size + piece.length <= memoryLimit;
	}

	/** Keeps a piece that fits in memory. */
	add(piece: Buffer): void {
		this.#pieces.push(piece);
		this.#size += piece.length;
	}

	/** Hashes a piece and writes it to the body's file. Pieces must be written one after another. */
	async write(piece: Buffer): Promise<void> {
		this.add(piece);
		const pieces = this.#pieces.splice(0);
		this.#large ??= {
			hash: createHash('sha256'),
			head: Buffer.concat(pieces, headSize),
		};
		for (const each of pieces) this.#large.hash.update(each);
		await this.#store.unlessClosed(async () => {
			this.#file ??= await this.#store.openFile();
			for (const each of pieces) await this.#file.handle.write(each);
		});
	}

	/** Ends the body and puts it in the store. */
	async end(): Promise<StoredContent> {
		if (this.#size === 0) return {content: noContent, sha256: emptyDigest};
		if (this.#large === undefined) {
			const bytes = Buffer.concat(this.#pieces);
			return this.#keep(createHash('sha256').update(bytes).digest('hex'), {kind: 'memory', bytes});
		}
		await this.#file?.handle.close();
		const {hash, head} = this.#large;
		const path = this.#file?.path ?? '';
		return this.#keep(hash.digest('hex'), {kind: 'file', path, head, size: this.#size});
	}

	async #keep(sha256: string, content: Content): Promise<StoredContent> {
		return {sha256, content: await this.#store.keep(sha256, content)};
	}
}

/** SHA-256 of no bytes. */
export const emptyDigest = createHash('sha256').digest('hex');
