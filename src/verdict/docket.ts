import {type Hop, isFollowed} from '../journal/hop.ts';
import {withDoubt} from './doubt.ts';
import {findingOf} from './finding-of.ts';
import type {Precedent} from './precedents.ts';
import type {Outcome, Surroundings} from './rule.ts';
import {rules} from './rules/index.ts';
import type {Finding} from './verdict.ts';

const redirectRules = rules.flatMap((rule, place) =>
	rule.about === 'redirect' ? [{place, rule}] : [],
);

/**
 * What the rules say of hops: a table with a row for each hop and, where something is said of single
 * hops, a column for a rule. A verdict has many findings, and few are read: they are written out of the
 * table when they are asked for. It holds no exchanges.
 */
export class Docket {
	/** The numbers of the hop, its redirect and its follow-up, row by row; 0 for no follow-up. */
	readonly #numbers: Float64Array;
	/** What is known from the messages of each hop. */
	readonly #known: (Precedent['outcomes'] | undefined)[];
	/** By the places of the rules. */
	readonly #columns: (Outcome | undefined)[][] = [];
	#someBroken = false;

	/** @param rows how many hops there are */
	constructor(rows: number) {
		this.#numbers = new Float64Array(3 * rows);
		this.#known = columnOf(rows);
	}

	/** Judges a hop, of which it is known what the rules make of its messages, and enters it in its row. */
	enter(row: number, hop: Hop, precedent: Precedent | undefined, surroundings: Surroundings): void {
		this.#numbers[3 * row] = hop.number;
		this.#numbers[3 * row + 1] = hop.redirect.number;
		this.#numbers[3 * row + 2] = hop.followUp?.number ?? 0;
		for (const {place, rule} of redirectRules)
			if (rule.appliesTo(hop)) this.#say(row, place, rule.check(hop, surroundings));
		if (precedent === undefined || !isFollowed(hop)) return;
		this.#known[row] = precedent.outcomes;
		for (const {place, rule} of precedent.open)
			this.#say(row, place, withDoubt(hop, rule.check(hop, surroundings), surroundings));
		for (const {place, outcome} of precedent.broken)
			this.#say(row, place, withDoubt(hop, outcome, surroundings));
	}

	/** The findings with this outcome, or all: in the order of rows, and in each row in the order of rules. */
	findings(wanted?: Outcome['outcome']): Finding[] {
		const findings: Finding[] = [];
		if (wanted === 'broken' && !this.#someBroken) return findings;
		for (const row of this.#known.keys()) this.#write(findings, row, wanted);
		return findings;
	}

	/** What a rule says of this hop; it goes before what is known from its messages. */
	#say(row: number, place: number, outcome: Outcome): void {
		const column = this.#columns[place] ?? columnOf(this.#known.length);
		this.#columns[place] = column;
		column[row] = outcome;
		if (outcome.outcome === 'broken') this.#someBroken = true;
	}

	#write(findings: Finding[], row: number, wanted: Outcome['outcome'] | undefined): void {
		const known = this.#known[row];
		const [hop = 0, redirect = 0, followUp = 0] = this.#numbers.subarray(3 * row, 3 * row + 3);
		const exchanges = Object.freeze(followUp === 0 ? [redirect] : [redirect, followUp]);
		for (const [place, rule] of rules.entries()) {
			const outcome = this.#columns[place]?.[row] ?? known?.[place];
			if (outcome !== undefined && (wanted ?? outcome.outcome) === outcome.outcome)
				findings.push(findingOf(rule, outcome, hop, exchanges));
		}
	}
}

/** An entry for each row. */
function columnOf<Entry>(rows: number): (Entry | undefined)[] {
	return new Array<Entry | undefined>(rows).fill(undefined);
}
