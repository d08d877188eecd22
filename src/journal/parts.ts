import {closeSync, openSync, readSync} from 'node:fs';
import {type FileHandle, open} from 'node:fs/promises';

/** The beginning of a file, which holds a stretch of a body. */
export interface Part {
	/** Absolute. */
	readonly path: string;
	/** How many of the file's bytes belong to the body. */
	readonly length: number;
}

/** How many bytes the parts hold together. */
export function lengthOf(parts: readonly Part[]): number {
	return parts.reduce((sum, {length}) => sum + length, 0);
}

/** The parts that hold the first `length` bytes. */
export function beginningOf(parts: readonly Part[], length: number): readonly Part[] {
	return [...stretches(parts, 0, length)].map(({path, length}) => ({path, length}));
}

/** How many bytes two bodies share from the first on, as is known without reading them. */
export function sharedLength(a: readonly Part[], b: readonly Part[]): number {
	let shared = 0;
	for (const [index, {path, length}] of a.entries()) {
		const other = b[index];
		if (other?.path !== path) break;
		shared += Math.min(length, other.length);
		if (length !== other.length) break;
	}
	return shared;
}

/** Fills `bytes` at once from a body's `offset` on. Throws when a file is gone, or shorter than it was. */
export function readSyncInto(bytes: Buffer, parts: readonly Part[], offset: number): void {
	let filled = 0;
	for (const {path, position, length} of stretches(parts, offset, offset + bytes.length)) {
		const file = openSync(path, 'r');
		try {
			const count = readSync(file, bytes, filled, length, position);
			if (count < length) throw endsEarly(path);
			filled += count;
		} finally {
			closeSync(file);
		}
	}
}

/** Reads a body in parts, piece by piece; close it. */
export class PartsReader {
	readonly #parts: readonly Part[];
	#open: {readonly path: string; readonly handle: FileHandle} | undefined;

	constructor(parts: readonly Part[]) {
		this.#parts = parts;
	}

	/** Fills `bytes` from the body's `offset` on. Rejects when a file is gone, or shorter than it was. */
	async read(offset: number, bytes: Buffer): Promise<void> {
		let filled = 0;
		for (const {path, position, length} of stretches(this.#parts, offset, offset + bytes.length)) {
			// What is open is read at once, so that who asks can do other work meanwhile.
			const handle = this.#open?.path === path ? this.#open.handle : await this.#openFile(path);
			const {bytesRead} = await handle.read(bytes, filled, length, position);
			if (bytesRead < length) throw endsEarly(path);
			filled += bytesRead;
		}
	}

	async close(): Promise<void> {
		await this.#open?.handle.close();
		this.#open = undefined;
	}

	async #openFile(path: string): Promise<FileHandle> {
		await this.close();
		const handle = await open(path, 'r');
		this.#open = {path, handle};
		return handle;
	}
}

const pieceSize = 256 * 1024;

/** The bytes of the parts from `start` up to `end`, all unless told, piece by piece. */
export async function* piecesOf(
	parts: readonly Part[],
	start = 0,
	end = lengthOf(parts),
): AsyncGenerator<Buffer, void, undefined> {
	const reader = new PartsReader(parts);
	try {
		for (let offset = start; offset < end; offset += pieceSize) {
			const piece = Buffer.allocUnsafeSlow(Math.min(pieceSize, end - offset));
			await reader.read(offset, piece);
			yield piece;
		}
	} finally {
		await reader.close();
	}
}

interface Stretch extends Part {
	/** Where in the file it begins. */
	readonly position: number;
}

/** Where the bytes from `start` up to `end` of a body are. */
function* stretches(parts: readonly Part[], start: number, end: number): Generator<Stretch> {
	let before = 0;
	for (const {path, length} of parts) {
		const from = Math.max(start - before, 0);
		const to = Math.min(end - before, length);
		if (from < to) yield {path, position: from, length: to - from};
		before += length;
	}
}

function endsEarly(path: string): Error {
	return new Error(`The file ${path} is shorter than what was written to it.`);
}
