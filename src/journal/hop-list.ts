import type {Exchange} from './exchange.ts';
import type {Chain, Hop} from './hop.ts';
import type {Redirect} from './redirect.ts';

/** The redirects of a double in the order in which they were answered, seen as hops and chains. */
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

	/** The redirect that an exchange was answered with. */
	of(exchange: Exchange): Redirect | undefined {
		return this.#byExchange.get(exchange);
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

	chains(causeOf: (exchange: Exchange) => Redirect | undefined): Chain[] {
		const chains: Chain[] = [];
		for (const redirect of this.#redirects)
			if (causeOf(redirect.traits.exchange) === undefined) chains.push(this.#chainFrom(redirect));
		return chains;
	}

	#chainFrom(first: Redirect): Chain {
		const hops: Hop[] = [];
		const exchanges = [first.traits.exchange];
		for (let at: Redirect | undefined = first; at !== undefined; ) {
			const hop = hopOf(at);
			hops.push(hop);
			if (hop.followUp) exchanges.push(hop.followUp);
			at = hop.followUp && this.of(hop.followUp);
		}
		return Object.freeze({hops: Object.freeze(hops), exchanges: Object.freeze(exchanges)});
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
