import type {Duplex} from 'node:stream';
import {setImmediate as turn} from 'node:timers/promises';
import type {Write} from './divert.ts';

/** Sends bytes in packets of one size. */
export class Packets {
	readonly #stream: Duplex;
	readonly #size: number;
	#kept: Buffer = Buffer.alloc(0);

	/**
	 * @param stream what they go out on: when it is destroyed, no more is sent
	 * @param size bytes of a packet; Infinity sends what comes as it comes
	 */
	constructor(stream: Duplex, size: number) {
		this.#stream = stream;
		this.#size = size;
	}

	/** @param hasMore whether more follows at once: then a packet that is not full yet waits for it */
	async send(bytes: Buffer, write: Write, hasMore: boolean): Promise<void> {
		if (this.#size === Number.POSITIVE_INFINITY) return write(bytes);
		const all = this.#kept.length === 0 ? bytes : Buffer.concat([this.#kept, bytes]);
		const end = hasMore ? all.length - (all.length % this.#size) : all.length;
		this.#kept = all.subarray(end);
		for (let at = 0; at < end && !this.#stream.destroyed; at += this.#size) {
			await write(all.subarray(at, Math.min(at + this.#size, end)));
			// What is written within one turn of the event loop may leave in one packet.
			await turn();
		}
	}
}
