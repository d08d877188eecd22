import {open} from 'node:fs/promises';
import {join} from 'node:path';
import {BodyWriter} from './body-writer.ts';
import {type Content, type FileContent, keptSize} from './content.ts';
import {KeptFiles} from './kept-files.ts';
import type {Shelf, StoredContent, WritableFile} from './shelf.ts';
import {TemporaryFolder} from './temporary-folder.ts';

export type {StoredContent, WritableFile};

export interface BodyStoreOptions {
	/** How many bytes of each body are kept; of larger ones the first. All, unless told. */
	readonly limit?: number;
	/** Makes a file that is not there yet, and opens it for writing. */
	readonly createFile?: (path: string) => Promise<WritableFile>;
}

interface Entry {
	readonly content: Content;
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
		const {content, beginning} = entry;
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

	keep({sha256, content}: StoredContent, beginning?: string): Content {
		if (this.#closed) return content;
		const key = keyOf({sha256, size: content.size, kept: keptSize(content)});
		const entry = this.#entries.get(key);
		if (entry !== undefined) {
			entry.uses++;
			return entry.content;
		}
		this.#entries.set(key, {content, uses: 1, beginning});
		if (content.kind !== 'file') return content;
		this.files.hold(content.parts);
		if (beginning !== undefined) this.#remember(content, beginning);
		return content;
	}

	known(beginning: string): FileContent | undefined {
		return this.#known.get(beginning);
	}

	async createFile(): Promise<{path: string; handle: WritableFile}> {
		if (this.#closed) throw new Error('The store is closed.');
		const path = join(await this.#folder.path(), `body-${++this.#count}`);
		return {path, handle: await this.#createFile(path)};
	}

	/** The one that goes furthest is likeliest to hold what is yet to come. */
	#remember(content: FileContent, beginning: string): void {
		const before = this.#known.get(beginning);
		if (before === undefined || keptSize(before) < keptSize(content))
			this.#known.set(beginning, content);
	}
}

/** What bodies of equal content are told by. */
interface Identity {
	readonly sha256: string;
	readonly size: number;
	readonly kept: number;
}

/** Of two equal bodies, less may be kept of one than of the other: then they are two. */
function keyOf({sha256, size, kept}: Identity): string {
	return kept < size ? `${sha256} ${kept}` : sha256;
}
