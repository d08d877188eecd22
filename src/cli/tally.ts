import {isRedirectStatus} from '../http/redirect-status.ts';
import type {LiveExchange} from './live-text.ts';

/** What came while scenarios were served, counted. */
export class Tally {
	#exchanges = 0;
	#redirects = 0;
	#followed = 0;
	#broken = 0;

	add({exchange, hop, ofExchange, ofRedirect, ofChain}: LiveExchange): void {
		const {response} = exchange;
		this.#exchanges += 1;
		if (response?.location?.resolved && isRedirectStatus(response.status)) this.#redirects += 1;
		if (hop !== undefined) this.#followed += 1;
		const breaches = hop?.findings.filter(({outcome}) => outcome === 'broken') ?? [];
		this.#broken += breaches.length + ofExchange.length + ofRedirect.length + ofChain.length;
	}

	/** The last line: what came in all. */
	toString(): string {
		const redirects = `${counted(this.#redirects, 'redirect')} (${this.#followed} followed)`;
		const broken = `rules broken ${this.#broken === 1 ? 'once' : `${this.#broken} times`}`;
		return `Stopped: ${counted(this.#exchanges, 'exchange')}, ${redirects}, ${broken}.`;
	}
}

function counted(count: number, noun: string): string {
	return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
