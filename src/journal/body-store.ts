import {open} from 'node:fs/promises';
import {join} from 'node:path';
import {BodyWriter} from './body-writer.ts';
import {type Content, type FileContent, keptSize} from './content.ts';
import {KeptFiles} from './kept-files.ts';
import type {Identity, Shelf, StoredContent, WritableFile} from './shelf.ts';
import {TemporaryFolder} from './temporary-folder.ts';

export type {StoredContent, WritableFile};

export interface BodyStoreOptions {
	/** How many bytes of each body are kept; of larger ones the first. All, unless told. */
	readonly limit?: number | undefined;
	/** Makes a file that is not there yet, and opens it for writing. */
	readonly createFile?: (path: string) => Promise<WritableFile>;
}

interface Entry {
	/** One for all equal bodies, digest and all. */
	readonly stored: StoredContent;
	uses: number;
	/** What it is found by in `known`; absent for bodies in memory. */
	readonly beginning: string | undefined;
}

/** Keeps the bodies of one double by content: equal ones once, large ones in temporary files. */
export class BodyStore implements Shelf {
	readonly limit: number;
	readonly files = new KeptFiles();
	readonly #createFile: (path: string) => Promise<WritableFile>;
	readonly #folder = new TemporaryFolder();
	readonly #entries = new Map<string, Entry>();
	readonly #known = new Map<string, FileContent>();
	#count = 0;
	#closed = false;

	constructor({
		limit = Number.POSITIVE_INFINITY,
		createFile = path => open(path, 'wx', 0o600),
	}: BodyStoreOptions = {}) {
		this.limit = limit;
		this.#createFile = createFile;
	}

	get closed(): boolean {
		return this.#closed;
	}

	/**
	 * Begins to take in a body.
	 *
	 * @param spent is given each piece whose bytes are not needed any more, being copied elsewhere
	 */
	writer(spent?: (piece: Buffer) => void): BodyWriter {
		return new BodyWriter(this, spent);
	}

	/** Gives back one use of a content; with the last one, its bytes go. Never rejects. */
	async release(body: Identity): Promise<void> {
		const key = keyOf(body);
		const entry = this.#entries.get(key);
		if (entry === undefined || --entry.uses > 0) return;
		this.#entries.delete(key);
		const {beginning, stored} = entry;
		const {content} = stored;
		if (content.kind !== 'file') return;
		if (beginning !== undefined && this.#known.get(beginning) === content)
			this.#known.delete(beginning);
		await this.files.letGo(content.parts);
	}

	/** Lets go of all contents and removes their files; no new ones are made. */
	async close(): Promise<void> {
		this.#closed = true;
		this.#entries.clear();
		this.#known.clear();
		await this.#folder.remove();
	}

	keep(identity: Identity, make: () => Content, beginning?: string): StoredContent {
		const {sha256} = identity;
		if (this.#closed) return {sha256, content: make()};
		const key = keyOf(identity);
		const entry = this.#entries.get(key);
		if (entry !== undefined) {
			entry.uses++;
			return entry.stored;
		}
		const stored = {sha256, content: make()};
		this.#entries.set(key, {stored, uses: 1, beginning});
		this.#hold(stored.content, beginning);
		return stored;
	}

	known(beginning: string): FileContent | undefined {
		return this.#known.get(beginning);
	}

	async createFile(): Promise<{path: string; handle: WritableFile}> {
		if (this.#closed) throw new Error('The store is closed.');
		const path = join(await this.#folder.path(), `body-${++this.#count}`);
		return {path, handle: await this.#createFile(path)};
	}

	#hold(content: Content, beginning: string | undefined): void {
		if (content.kind !== 'file') return;
		this.files.hold(content.parts);
		if (beginning === undefined) return;
		// The one that goes furthest is likeliest to hold what is yet to come.
		const before = this.#known.get(beginning);
		if (before === undefined || keptSize(before) < keptSize(content))
			this.#known.set(beginning, content);
	}
}

/** Of two equal bodies, less may be kept of one than of the other: then they are two. */
function keyOf({sha256, size, kept}: Identity): string {
	return kept < size ? `${sha256} ${kept}` : sha256;
}
