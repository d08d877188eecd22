import {FollowthroughError} from '../errors.ts';
import {type Authority, createAuthority} from './authority.ts';

/** The CA of one double, made when something first needs it: plain doubles never do. */
export class AuthorityOnDemand {
	readonly #make: () => Promise<Authority>;
	#made: Promise<Authority> | undefined;
	#closed = false;

	/** @param make makes a CA; one that could not be made is made anew when it is asked for again */
	constructor(make = createAuthority) {
		this.#make = make;
	}

	/** @throws FollowthroughError DOUBLE_CLOSED when it was not made before the double was closed */
	async get(): Promise<Authority> {
		if (this.#closed && this.#made === undefined)
			throw new FollowthroughError(
				'DOUBLE_CLOSED',
				'The double is closed, and no certificate was asked for while it ran: ask before you close it.',
			);
		this.#made ??= this.#make().catch(error => {
			this.#made = undefined;
			throw error;
		});
		return this.#made;
	}

	/** The certificate that clients are to trust, in PEM. */
	async pem(): Promise<string> {
		return (await this.get()).pem;
	}

	/** The absolute path of a file with that certificate; it is gone after `close`. */
	async file(): Promise<string> {
		return (await this.get()).file();
	}

	/** Removes the file, if there is one. */
	async close(): Promise<void> {
		this.#closed = true;
		// Whoever asked for one that can't be made is told.
		const made = await this.#made?.catch(() => undefined);
		await made?.close();
	}
}
