import type {Content, FileContent} from './content.ts';
import type {KeptFiles} from './kept-files.ts';

/** A body's content with its digest (SHA-256 of all that came, lower-case hex). */
export interface StoredContent {
	readonly content: Content;
	readonly sha256: string;
}

/** What bodies of equal content are told by. */
export interface Identity {
	readonly sha256: string;
	/** Of all that came, in bytes. */
	readonly size: number;
	/** How many of them are kept. */
	readonly kept: number;
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
	 * The content to use for these bytes: the one that is there already, or what `make` makes.
	 *
	 * @param beginning what a large body is found by; see `known`
	 */
	keep(identity: Identity, make: () => Content, beginning?: string): StoredContent;
	/** A large body whose first bytes, as many as memory takes, have this digest. */
	known(beginning: string): FileContent | undefined;
	/** A new file. Rejects when it can't be made. */
	createFile(): Promise<{readonly path: string; readonly handle: WritableFile}>;
}
