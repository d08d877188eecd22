import {closeSync, createReadStream, openSync, readSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import {Readable} from 'node:stream';

/** The bytes of a body: in memory when they are few, in a file when they are many. */
export type Content =
	| {readonly kind: 'memory'; readonly bytes: Buffer}
	| {
			readonly kind: 'file';
			readonly path: string;
			readonly size: number;
			/** The first bytes, which stay when the file goes. */
			readonly head: Buffer;
	  };

/** No bytes at all. */
export const noContent: Content = Object.freeze({kind: 'memory', bytes: Buffer.alloc(0)});

/** Size in bytes. */
export function contentSize(content: Content): number {
	return content.kind === 'memory' ? content.bytes.length : content.size;
}

/** A copy of all bytes, since a record never changes; rejects when the file is gone. */
export async function readContent(content: Content): Promise<Buffer> {
	return content.kind === 'memory' ? Buffer.from(content.bytes) : readFile(content.path);
}

/** The bytes as a stream; it fails when the file is gone. */
export function streamContent(content: Content): Readable {
	if (content.kind === 'file') return createReadStream(content.path);
	return Readable.from([Buffer.from(content.bytes)], {objectMode: false});
}

/** The first bytes, at most `limit`, at once; of a file that is gone, those that were kept. */
export function peekContent(content: Content, limit: number): Buffer {
	if (content.kind === 'memory') return Buffer.from(content.bytes.subarray(0, limit));
	if (limit <= content.head.length) return Buffer.from(content.head.subarray(0, limit));
	try {
		return pieceOf(content, 0, Math.min(limit, content.size));
	} catch {
		return Buffer.from(content.head);
	}
}

const pieceSize = 1024 * 1024;

/** The offset of the first byte in which two contents differ; undefined when they are equal. */
export function firstDifference(a: Content, b: Content): number | undefined {
	const shorter = Math.min(contentSize(a), contentSize(b));
	for (let offset = 0; offset < shorter; offset += pieceSize) {
		const length = Math.min(pieceSize, shorter - offset);
		const found = differenceIn(pieceOf(a, offset, length), pieceOf(b, offset, length));
		if (found !== undefined) return offset + found;
	}
	return contentSize(a) === contentSize(b) ? undefined : shorter;
}

function differenceIn(left: Buffer, right: Buffer): number | undefined {
	if (left.equals(right)) return undefined;
	return left.findIndex((byte, index) => byte !== right[index]);
}

/** A stretch of a content, read at once. */
function pieceOf(content: Content, offset: number, length: number): Buffer {
	if (content.kind === 'memory') return content.bytes.subarray(offset, offset + length);
	const file = openSync(content.path, 'r');
	try {
		const piece = Buffer.alloc(length);
		return piece.subarray(0, readSync(file, piece, 0, length, offset));
	} finally {
		closeSync(file);
	}
}
