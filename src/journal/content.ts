import {Readable} from 'node:stream';
import {lengthOf, type Part, piecesOf, readSyncInto} from './parts.ts';

/** Why not all bytes of a body were kept, though all were counted and hashed. */
export interface Lost {
	/** `limit`: the body is larger than `maxBodySize`; `disk`: no more could be written. */
	readonly why: 'limit' | 'disk';
	/** What the file system said, such as ENOSPC. */
	readonly cause?: unknown;
}

interface Sized {
	/** Size in bytes of the body that came: more than what is kept when something is `lost`. */
	readonly size: number;
	readonly lost?: Lost;
}

/** Bytes in memory, from the body's first on. */
export interface MemoryContent extends Sized {
	readonly kind: 'memory';
	readonly bytes: Buffer;
}

/** Bytes in files, from the body's first on. */
export interface FileContent extends Sized {
	readonly kind: 'file';
	/** Where they are, in order. Bodies that begin alike share the files of their beginning. */
	readonly parts: readonly Part[];
	/** The first bytes, which stay when the files go. */
	readonly head: Buffer;
}

/** The bytes of a body: in memory when they are few, in files when they are many. */
export type Content = MemoryContent | FileContent;

/** No bytes at all. */
export const noContent: Content = Object.freeze({kind: 'memory', bytes: Buffer.alloc(0), size: 0});

/** How many bytes are there to be read, from the first on. */
export function keptSize(content: Content): number {
	return content.kind === 'memory' ? content.bytes.length : lengthOf(content.parts);
}

/**
 * A copy of all kept bytes, since a record never changes. Rejects when a file is gone, and with a
 * RangeError when they are more than a buffer can hold.
 */
export async function readContent(content: Content): Promise<Buffer> {
	if (content.kind === 'memory') return Buffer.from(content.bytes);
	const bytes = Buffer.allocUnsafeSlow(keptSize(content));
	let filled = 0;
	for await (const piece of piecesOf(content.parts)) filled += piece.copy(bytes, filled);
	return bytes;
}

/** The kept bytes from `start` up to `end`, all unless told, as a stream; it fails when a file is gone. */
export function streamContent(content: Content, start = 0, end = keptSize(content)): Readable {
	const pieces =
		content.kind === 'file'
			? piecesOf(content.parts, start, end)
			: [Buffer.from(content.bytes.subarray(start, end))];
	return Readable.from(pieces, {objectMode: false});
}

/** The first bytes, at most `limit`, at once; of files that are gone, those that stayed. */
export function peekContent(content: Content, limit: number): Buffer {
	if (content.kind === 'memory') return Buffer.from(content.bytes.subarray(0, limit));
	if (limit <= content.head.length) return Buffer.from(content.head.subarray(0, limit));
	try {
		return stretchOf(content, 0, Math.min(limit, keptSize(content)));
	} catch {
		return Buffer.from(content.head);
	}
}

/**
 * A stretch of what is kept, read at once; not a copy where it is in memory.
 *
 * @param buffer where to read it to, when many are read; as large as the stretch, or larger
 */
export function stretchOf(
	content: Content,
	offset: number,
	length: number,
	buffer = Buffer.allocUnsafeSlow(content.kind === 'memory' ? 0 : length),
): Buffer {
	if (content.kind === 'memory') return content.bytes.subarray(offset, offset + length);
	const bytes = buffer.subarray(0, length);
	readSyncInto(bytes, content.parts, offset);
	return bytes;
}
