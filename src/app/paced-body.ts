import type {Duplex} from 'node:stream';
import type {Pace} from '../scenario/compiled.ts';
import type {Write} from './divert.ts';
import type {Packets} from './packets.ts';
import {waitOrClose} from './until-closed.ts';

/** Sends a body at the pace of its scenario, and no more of it than it should. */
export class PacedBody {
	readonly #stream: Duplex;
	readonly #packets: Packets;
	readonly #pace: Pace;
	#left: number;
	#hasBegun = false;
	/** When the next piece may go, on the clock of `performance.now()`. */
	#due = 0;

	/**
	 * @param stream what it goes out on: when it closes, nothing is waited for any more
	 * @param limit how many bytes of it go out at most
	 */
	constructor(stream: Duplex, pace: Pace, packets: Packets, limit: number) {
		this.#stream = stream;
		this.#pace = pace;
		this.#packets = packets;
		this.#left = limit;
	}

	/** Whether as much has gone out as should. */
	get isOver(): boolean {
		return this.#left === 0;
	}

	/** Sends the next bytes. */
	async send(bytes: Buffer, write: Write, hasMore: boolean): Promise<void> {
		const all = bytes.subarray(0, this.#left);
		if (all.length === 0) return;
		this.#left -= all.length;
		await this.#begin();
		const size = this.#pieceSize();
		for (let at = 0; at < all.length && !this.#stream.destroyed; at += size) {
			const piece = all.subarray(at, at + size);
			await this.#turn(piece.length);
			const isLast = at + size >= all.length;
			await this.#packets.send(piece, write, isLast ? hasMore && !this.isOver : !this.#isSlow);
		}
	}

	async #begin(): Promise<void> {
		if (this.#hasBegun) return;
		this.#hasBegun = true;
		const {bodyDelay} = this.#pace;
		if (bodyDelay > 0) await waitOrClose(this.#stream, bodyDelay);
	}

	get #isSlow(): boolean {
		return this.#pace.bytesPerSecond !== Number.POSITIVE_INFINITY;
	}

	/** What goes out in a twentieth of a second; less would be many timers, more would be bursts. */
	#pieceSize(): number {
		return Math.max(1, Math.floor(this.#pace.bytesPerSecond / 20));
	}

	/** Waits until so many bytes may go. */
	async #turn(size: number): Promise<void> {
		if (!this.#isSlow) return;
		const now = performance.now();
		if (this.#due > now) await waitOrClose(this.#stream, this.#due - now);
		this.#due = Math.max(now, this.#due) + (size / this.#pace.bytesPerSecond) * 1000;
	}
}
