import {hash} from 'node:crypto';
import {BodyGathering} from './body-gathering.ts';
import {type Content, noContent} from './content.ts';
import {LargeBody} from './large-body.ts';
import {memoryLimit} from './memory-limit.ts';
import type {Shelf, StoredContent} from './shelf.ts';

/** More pieces than this are joined: bytes that come one by one would cost a hundred times their size. */
const piecesLimit = 256;

/** Takes in one body, piece by piece. Whatever the disk says, none of it throws or rejects. */
export class BodyWriter {
	readonly #shelf: Shelf;
	readonly #spent: (piece: Buffer) => void;
	#pieces: Buffer[] = [];
	#size = 0;
	#large: Large | undefined;

	/** @param spent is given each piece whose bytes are not needed any more, being copied elsewhere */
	constructor(shelf: Shelf, spent: (piece: Buffer) => void = () => {}) {
		this.#shelf = shelf;
		this.#spent = spent;
	}

	/** Whether the next piece can be taken in at once, so that `write` need not be waited for. */
	fits(piece: Buffer): boolean {
		if (this.#large !== undefined) return this.#large.gathering.fits(piece.length);
		return this.#size + piece.length <= memoryLimit;
	}

	/** Takes in a piece that fits. */
	add(piece: Buffer): void {
		if (this.#large === undefined) this.#addInMemory(piece);
		else {
			this.#large.gathering.add(piece);
			this.#spent(piece);
		}
	}

	/**
	 * Takes in any piece; resolves when the next one may come. Pieces must be written one after
	 * another.
	 */
	async write(piece: Buffer): Promise<void> {
		if (this.fits(piece)) return this.add(piece);
		this.#large ??= this.#enlarge();
		await this.#large.gathering.write(piece);
		this.#spent(piece);
	}

	/** Ends the body and puts it in the store; at once when it is in memory. */
	end(): StoredContent | Promise<StoredContent> {
		if (this.#large !== undefined) return endLarge(this.#large);
		const size = this.#size;
		if (size === 0) return nothing;
		const [first = noBytes] = this.#pieces;
		const bytes = this.#pieces.length === 1 ? first : Buffer.concat(this.#pieces, size);
		const sha256 = hash('sha256', bytes, 'hex');
		const kept = Math.min(size, this.#shelf.limit);
		return this.#shelf.keep({sha256, size, kept}, () => inMemory(bytes, kept));
	}

	#addInMemory(piece: Buffer): void {
		this.#size += piece.length;
		this.#pieces.push(piece);
		if (this.#pieces.length > piecesLimit) this.#pieces = [Buffer.concat(this.#pieces)];
	}

	/** What was in memory is the beginning of a large body. */
	#enlarge(): Large {
		const body = new LargeBody(this.#shelf);
		const gathering = new BodyGathering(portion => body.take(portion));
		for (const piece of this.#pieces.splice(0)) {
			gathering.add(piece);
			this.#spent(piece);
		}
		return {body, gathering};
	}
}

interface Large {
	readonly body: LargeBody;
	readonly gathering: BodyGathering;
}

async function endLarge({body, gathering}: Large): Promise<StoredContent> {
	await gathering.end();
	return body.end();
}

/** A copy: what came on the wire together lies in memory together, and would be held with it. */
function inMemory(bytes: Buffer, kept: number): Content {
	const size = bytes.length;
	const copy = Buffer.from(bytes.subarray(0, kept));
	return {kind: 'memory', bytes: copy, size, ...(kept < size && {lost: overLimit})};
}

const overLimit = {why: 'limit'} as const;

/** SHA-256 of no bytes. */
export const emptyDigest = hash('sha256', '', 'hex');

const noBytes = Buffer.alloc(0);
const nothing: StoredContent = Object.freeze({content: noContent, sha256: emptyDigest});
