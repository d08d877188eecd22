import type {Exchange} from './exchange.ts';
import type {Hop, Link} from './hop.ts';
import type {Redirect, Tie} from './redirect.ts';

/** The redirects of a double in the order in which they were answered, seen as hops. */
export class HopList {
	readonly #redirects: Redirect[] = [];
	readonly #linkOf: (redirect: Redirect, followUp: Exchange, tie: Tie) => Link;
	#count = 0;

	/** @param linkOf says what ties a redirect to the request that claimed it */
	constructor(linkOf: (redirect: Redirect, followUp: Exchange, tie: Tie) => Link) {
		this.#linkOf = linkOf;
	}

	/** How many redirects have been answered, dropped ones included. */
	get count(): number {
		return this.#count;
	}

	/** The number of the next redirect; numbers never repeat. */
	nextNumber(): number {
		return ++this.#count;
	}

	add(redirect: Redirect): void {
		this.#redirects.push(redirect);
	}

	/** Forgets the redirect of an exchange that the journal drops, and returns it. */
	drop(exchange: Exchange): Redirect | undefined {
		if (exchange.response?.location?.resolved === undefined) return undefined;
		// The oldest go first: it is among the first.
		const index = this.#redirects.findIndex(redirect => redirect.exchange === exchange);
		return index < 0 ? undefined : this.#redirects.splice(index, 1)[0];
	}

	hops(): Hop[] {
		return this.#redirects.map(redirect => this.hopOf(redirect));
	}

	/** The hop that begins with an exchange; one of the latest is found at once. */
	from(exchange: Exchange): Hop | undefined {
		if (exchange.response?.location?.resolved === undefined) return undefined;
		const redirect = this.#redirects.findLast(each => each.exchange === exchange);
		return redirect && this.hopOf(redirect);
	}

	/** A redirect as a hop, as far as is known now. */
	hopOf(redirect: Redirect): Hop {
		const {number, exchange, followUp, tie, state} = redirect;
		if (followUp === undefined || tie === undefined)
			return Object.freeze({
				number,
				redirect: exchange,
				state: state === 'declined' ? state : 'waiting',
			});
		return Object.freeze({
			number,
			redirect: exchange,
			followUp,
			link: this.#linkOf(redirect, followUp, tie),
			state: 'followed',
		});
	}

	/** Whether any redirect has a follow-up. */
	get someFollowed(): boolean {
		return this.#redirects.some(({followUp}) => followUp !== undefined);
	}

	/**
	 * Marks redirects without a follow-up as declined, if their numbers are greater than `undecided`:
	 * for the others, a request is still coming in that may be the follow-up.
	 */
	decline(undecided: number): void {
		for (const redirect of this.#redirects)
			redirect.state =
				redirect.followUp === undefined && redirect.number > undecided ? 'declined' : 'open';
	}
}
