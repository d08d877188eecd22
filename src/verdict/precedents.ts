import type {HeaderLines} from '../http/header-lines.ts';
import type {FollowedHop} from '../journal/hop.ts';
import {hasMessages, type Messages, messagesOf} from './messages.ts';
import type {HopRule, Outcome} from './rule.ts';
import {rules} from './rules/index.ts';

/** What the rule in a place says. */
interface Said {
	readonly place: number;
	readonly outcome: Outcome;
}

/** What the rules make of the messages of a hop. It holds for every hop with equal messages. */
export interface Precedent {
	readonly messages: Messages;
	/** What the rules about messages say, by their places among all rules; none where a rule does not apply. */
	readonly outcomes: readonly (Outcome | undefined)[];
	/** Those of them that are breaches. */
	readonly broken: readonly Said[];
	/** The rules about hops that apply: what they say is to be asked for each hop. */
	readonly open: readonly {readonly place: number; readonly rule: HopRule}[];
}

const messageRules = rules.flatMap((rule, place) =>
	rule.about === 'hop' && rule.sees === 'messages' ? [{place, rule}] : [],
);
const hopRules = rules.flatMap((rule, place) =>
	rule.about === 'hop' && rule.sees === 'journal' ? [{place, rule}] : [],
);

/** Judges the messages of a hop by the rules about messages, and finds the rules about hops that apply to them. */
export function precedentOf(hop: FollowedHop): Precedent {
	const messages = messagesOf(hop);
	const outcomes = new Array<Outcome | undefined>(rules.length).fill(undefined);
	const broken: Said[] = [];
	for (const {place, rule} of messageRules) {
		if (!rule.appliesTo(messages)) continue;
		const outcome = rule.check(messages);
		outcomes[place] = outcome;
		if (outcome.outcome === 'broken') broken.push({place, outcome});
	}
	return {messages, outcomes, broken, open: hopRules.filter(({rule}) => rule.appliesTo(messages))};
}

/** More precedents than this are not held ready: where no messages come again, they would be of no use. */
const most = 1000;

/**
 * The hops that were judged, for those that come after them: most clients send the same few messages
 * again and again. Of hops with the same URL and the same header lines the latest is held ready.
 */
export class Precedents {
	readonly #latest = new Map<string, Map<HeaderLines, Precedent>>();
	#count = 0;

	/** What the rules make of the messages of this hop. */
	of(hop: FollowedHop): Precedent {
		const {url, headers} = hop.redirect.request;
		const known = this.#latest.get(url)?.get(headers);
		if (known !== undefined && hasMessages(hop, known.messages)) return known;
		const precedent = precedentOf(hop);
		this.#hold(url, headers, precedent);
		return precedent;
	}

	#hold(url: string, headers: HeaderLines, precedent: Precedent): void {
		if (++this.#count % most === 0) this.#latest.clear();
		const latest = this.#latest.get(url);
		if (latest === undefined) this.#latest.set(url, new Map([[headers, precedent]]));
		else latest.set(headers, precedent);
	}
}
