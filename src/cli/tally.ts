import {counted} from '../grading/counted.ts';
import {isRedirectStatus} from '../http/redirect-status.ts';
import type {Hop} from '../journal/hop.ts';
import type {LiveExchange} from './live-text.ts';

/** What came while scenarios were served, counted: for one double, or for several together. */
export class Tally {
	#exchanges = 0;
	#redirects = 0;
	#followed = 0;
	#declined = 0;
	#waiting = 0;
	#broken = 0;

	/** All of these together. */
	static total(tallies: Iterable<Tally>): Tally {
		const total = new Tally();
		for (const tally of tallies) {
			total.#exchanges += tally.#exchanges;
			total.#redirects += tally.#redirects;
			total.#followed += tally.#followed;
			total.#declined += tally.#declined;
			total.#waiting += tally.#waiting;
			total.#broken += tally.#broken;
		}
		return total;
	}

	/** Whether nothing came. */
	get isEmpty(): boolean {
		return this.#exchanges === 0;
	}

	/** An exchange is over. */
	add({exchange, hop, ofExchange, ofRedirect, ofChain}: LiveExchange): void {
		const {response} = exchange;
		this.#exchanges += 1;
		if (response?.location?.resolved && isRedirectStatus(response.status)) this.#redirects += 1;
		if (hop !== undefined) this.#followed += 1;
		const breaches = hop?.findings.filter(({outcome}) => outcome === 'broken') ?? [];
		this.#broken += breaches.length + ofExchange.length + ofRedirect.length + ofChain.length;
	}

	/** What has become of the redirects that were not followed, as far as they are still known. */
	end(hops: readonly Pick<Hop, 'state'>[]): void {
		this.#declined = hops.filter(({state}) => state === 'declined').length;
		this.#waiting = hops.filter(({state}) => state === 'waiting').length;
	}

	/** Such as `2 exchanges, 1 redirect (1 followed), rules broken 0 times`. */
	get words(): string {
		const states = [
			`${this.#followed} followed`,
			...(this.#declined > 0 ? [`${this.#declined} declined`] : []),
			...(this.#waiting > 0 ? [`${this.#waiting} waiting`] : []),
		];
		const redirects = `${counted(this.#redirects, 'redirect')} (${states.join(', ')})`;
		const broken = `rules broken ${this.#broken === 1 ? 'once' : `${this.#broken} times`}`;
		return `${counted(this.#exchanges, 'exchange')}, ${redirects}, ${broken}`;
	}
}

/** What came to doubles that were closed before the end. */
export interface ClosedBefore {
	/** How many of them something came to. */
	readonly doubles: number;
	readonly tally: Tally;
}

/**
 * What is told at the end: a line for each double that something came to, where there are several, one
 * for all that were closed before, and all together in the last.
 *
 * @param tallies by the names of the doubles
 */
export function formatSummary(
	tallies: readonly (readonly [name: string, tally: Tally])[],
	closed: ClosedBefore = {doubles: 0, tally: new Tally()},
): string {
	const total = Tally.total([...tallies.map(([, tally]) => tally), closed.tally]);
	const busy = tallies.filter(([, tally]) => !tally.isEmpty);
	const lines = [
		...busy.map(([name, tally]) => `  ${name}: ${tally.words}`),
		...(closed.doubles > 0
			? [`  ${counted(closed.doubles, 'double')} closed before: ${closed.tally.words}`]
			: []),
	];
	const areSeveral = tallies.length + closed.doubles > 1;
	return [...(areSeveral ? lines : []), `Stopped: ${total.words}.`].join('\n');
}
