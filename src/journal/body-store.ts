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

	/** Lets go of all contents and removes their files. */
	async close(): Promise<void> {
		this.#kept.clear();
		await this.#folder.remove();
	}

	/** @internal The content to use for these bytes: the one that is there already, or this one. */
	async keep(sha256: string, content: Content): Promise<Content> {
		const entry = this.#kept.get(sha256);
		if (entry === undefined) {
			this.#kept.set(sha256, {content, uses: 1});
			return content;
		}
		entry.uses++;
		if (content.kind === 'file') await rm(content.path, {force: true});
		return entry.content;
	}

	/** @internal A new file in the store's folder. */
	async newFile(): Promise<string> {
		return join(await this.#folder.path(), `body-${++this.#files}`);
	}
}

/** Takes in one body, piece by piece. */
export class BodyWriter {
	readonly #store: BodyStore;
	readonly #pieces: Buffer[] = [];
	#size = 0;
	#hash: Hash | undefined;
	#file: {handle: FileHandle; path: string; head: Buffer} | undefined;

	constructor(store: BodyStore) {
		this.#store = store;
	}

	/** Whether the next piece fits in memory, so that `write` need not be waited for. */
	fits(piece: Buffer): boolean {
		return this.#file === undefined && this.#size + piece.length <= memoryLimit;
	}

	/** Keeps a piece that fits in memory. */
	add(piece: Buffer): void {
		this.#pieces.push(piece);
		this.#size += piece.length;
	}

	/** Hashes a piece and writes it to the body's file. Pieces must be written one after another. */
	async write(piece: Buffer): Promise<void> {
		this.#file ??= await this.#spill();
		this.#hash?.update(piece);
		this.#size += piece.length;
		await this.#file.handle.write(piece);
	}

	/** Ends the body and puts it in the store. */
	async end(): Promise<StoredContent> {
		if (this.#size === 0) return {content: noContent, sha256: emptyDigest};
		const written = this.#file;
		if (written === undefined || this.#hash === undefined) {
			const bytes = Buffer.concat(this.#pieces);
			return this.#keep(createHash('sha256').update(bytes).digest('hex'), {kind: 'memory', bytes});
		}
		await written.handle.close();
		const {path, head} = written;
		const content = {kind: 'file', path, head, size: this.#size} as const;
		return this.#keep(this.#hash.digest('hex'), content);
	}

	async #keep(sha256: string, content: Content): Promise<StoredContent> {
		return {sha256, content: await this.#store.keep(sha256, content)};
	}

	/** Moves what is in memory to a new file. */
	async #spill(): Promise<{handle: FileHandle; path: string; head: Buffer}> {
		const path = await this.#store.newFile();
		const handle = await open(path, 'wx', 0o600);
		this.#hash = createHash('sha256');
		const head = Buffer.concat(this.#pieces).subarray(0, headSize);
		for (const piece of this.#pieces.splice(0)) {
			this.#hash.update(piece);
			await handle.write(piece);
		}
		return {handle, path, head};
	}
}

/** SHA-256 of no bytes. */
export const emptyDigest = createHash('sha256').digest('hex');
