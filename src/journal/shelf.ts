import type {Content, FileContent} from './content.ts';
import type {KeptFiles} from './kept-files.ts';

/** A body's content with its digest (SHA-256 of all that came, lower-case hex). */
export interface StoredContent {
	readonly content: Content;
	readonly sha256: string;
}

/** What is needed of a file to write a body to it. */
export interface WritableFile {
	/** Writes some of the bytes: as many as there is room for. */
	write(bytes: Uint8Array, offset: number, length: number): Promise<{bytesWritten: number}>;
	close(): Promise<void>;
}

/** What a body that comes in needs of the store that keeps it. */
export interface Shelf {
	/** How many bytes of each body are kept. */
	readonly limit: number;
	/** Whether nobody will read what is written from now on. */
	readonly closed: boolean;
	readonly files: KeptFiles;
	/**
	 * The content to use for these bytes: the one that is there already, or this one.
	 *
	 * @param beginning what a large body is found by; see `known`
	 */
	keep(body: StoredContent, beginning?: string): Content;
	/** A large body whose first bytes, as many as memory takes, have this digest. */
	known(beginning: string): FileContent | undefined;
	/** A new file. Rejects when it can't be made. */
	createFile(): Promise<{readonly path: string; readonly handle: WritableFile}>;
}
