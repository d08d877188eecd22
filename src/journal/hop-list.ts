import type {Exchange} from './exchange.ts';
import type {Hop} from './hop.ts';
import type {Redirect} from './redirect.ts';

/** The redirects of a double in the order in which they were answered, seen as hops. */
export class HopList {
	readonly #redirects: Redirect[] = [];
	readonly #byExchange = new Map<Exchange, Redirect>();
	#count = 0;

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
		this.#byExchange.set(redirect.traits.exchange, redirect);
	}

	/** Forgets the redirect of an exchange that the journal drops. */
	drop(exchange: Exchange): void {
		const redirect = this.#byExchange.get(exchange);
		if (redirect === undefined) return;
		this.#byExchange.delete(exchange);
		this.#redirects.splice(this.#redirects.indexOf(redirect), 1);
	}

	hops(): Hop[] {
		return this.#redirects.map(hopOf);
	}

	/** Whether any redirect has a follow-up. */
	get someFollowed(): boolean {
		return this.#redirects.some(({claim}) => claim !== undefined);
	}

	/** Marks all hops without a follow-up as declined. */
	decline(): void {
		for (const redirect of this.#redirects) redirect.declined = redirect.claim === undefined;
	}
}

/** A redirect as a hop, as far as is known now. */
export function hopOf({number, traits, claim, declined}: Redirect): Hop {
	const redirect = traits.exchange;
	if (claim === undefined)
		return Object.freeze({number, redirect, state: declined ? 'declined' : 'waiting'});
	const {exchange: followUp} = claim.request;
	return Object.freeze({number, redirect, followUp, link: claim.link, state: 'followed'});
}
