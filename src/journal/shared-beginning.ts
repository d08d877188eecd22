import {differenceIn} from './compare-content.ts';
import type {FileContent} from './content.ts';
import {giveBack} from './give-back.ts';
import {beginningOf, lengthOf, type Part, PartsReader} from './parts.ts';

/**
 * The beginning that a body which comes in shares with one that was kept before: as long as the bytes
 * are the same, none need be written.
 */
export class SharedBeginning {
	readonly #known: FileContent;
	readonly #size: number;
	readonly #reader: PartsReader;
	#buffer = Buffer.alloc(0);
	#length = 0;

	constructor(known: FileContent) {
		this.#known = known;
		this.#size = lengthOf(known.parts);
		this.#reader = new PartsReader(known.parts);
	}

	/** Size in bytes, so far. */
	get length(): number {
		return this.#length;
	}

	/** Where its bytes are. */
	get parts(): readonly Part[] {
		return beginningOf(this.#known.parts, this.#length);
	}

	/** How many of the next bytes are the same. It ends with the first that is not; never rejects. */
	async follow(bytes: Buffer): Promise<number> {
		const same = await this.#same(bytes);
		this.#length += same;
		return same;
	}

	/** Never rejects. */
	async close(): Promise<void> {
		await this.#reader.close().catch(() => undefined);
		giveBack(this.#buffer);
	}

	async #same(bytes: Buffer): Promise<number> {
		const length = Math.min(bytes.length, this.#size - this.#length);
		try {
			// One buffer for all that is read: they come by the thousand.
			if (this.#buffer.length < length) this.#buffer = Buffer.allocUnsafeSlow(length);
			const known = this.#buffer.subarray(0, length);
			await this.#reader.read(this.#length, known);
			return differenceIn(known, bytes.subarray(0, length)) ?? length;
		} catch {
			// What can't be read can't be compared: the body goes on in a file of its own.
			return 0;
		}
	}
}
