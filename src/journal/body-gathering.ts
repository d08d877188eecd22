import {giveBack} from './give-back.ts';

/** Bytes are handed on in portions of this size: few calls for the disk, little memory for the body. */
export const portionSize = 512 * 1024;

/** How many portions there are at the most, so that a disk that pauses does not hold up the client at once. */
const mostPortions = 4;

/**
 * Gathers small pieces into large portions, and takes in the next ones while one is handed on. Holds
 * no more than a few portions, whatever the size of the pieces.
 */
export class BodyGathering {
	readonly #handOn: (portion: Buffer) => Promise<void>;
	readonly #full: Buffer[] = [];
	readonly #spare: Buffer[] = [];
	#filling: Buffer = Buffer.allocUnsafeSlow(portionSize);
	#filled = 0;
	#handing: Promise<void> | undefined;

	/** @param handOn takes a portion, whose bytes are overwritten when it has resolved; never rejects */
	constructor(handOn: (portion: Buffer) => Promise<void>) {
		this.#handOn = handOn;
	}

	/** Whether so many bytes can be taken in without waiting. */
	fits(length: number): boolean {
		return length <= portionSize - this.#filled + this.#free() * portionSize;
	}

	/** Takes in bytes that fit. */
	add(bytes: Buffer): void {
		for (let taken = 0; taken < bytes.length; ) {
			const count = bytes.copy(this.#filling, this.#filled, taken);
			taken += count;
			this.#filled += count;
			this.#advance();
		}
	}

	/** Takes in any bytes; resolves when the next ones may come. */
	async write(bytes: Buffer): Promise<void> {
		for (let taken = 0; taken < bytes.length; ) {
			const piece = bytes.subarray(taken, taken + portionSize);
			while (!this.fits(piece.length)) await this.#handing;
			this.add(piece);
			taken += piece.length;
		}
	}

	/** Hands on what is left; resolves when all was. Takes in no more. */
	async end(): Promise<void> {
		while (this.#handing !== undefined) await this.#handing;
		if (this.#filled > 0) await this.#handOn(this.#filling.subarray(0, this.#filled));
		for (const portion of [this.#filling, ...this.#spare]) giveBack(portion);
	}

	/** How many portions there may be beside the one that is filled, and those that wait or are handed on. */
	#free(): number {
		return mostPortions - 1 - this.#full.length - (this.#handing === undefined ? 0 : 1);
	}

	#advance(): void {
		if (this.#filled === portionSize && this.#free() > 0) {
			this.#full.push(this.#filling);
			this.#filling = this.#spare.pop() ?? Buffer.allocUnsafeSlow(portionSize);
			this.#filled = 0;
		}
		const portion = this.#handing === undefined ? this.#full.shift() : undefined;
		if (portion === undefined) return;
		this.#handing = this.#handOn(portion).then(() => {
			this.#spare.push(portion);
			this.#handing = undefined;
			this.#advance();
		});
	}
}
