import {playScenario} from '../../../src/grading/grade-scenario.ts';
import {
	type Exchange,
	type Finding,
	type GradeOutcome,
	gradeClient,
	type Verdict,
} from '../../../src/index.ts';
import type {OpenClient} from '../adapters/known-client.ts';
import type {Breach, GradedClient, GradedRule} from './graded.ts';
import {transcriptOf, withoutPorts} from './transcript.ts';
import {type Piece, WireTap} from './wire-tap.ts';

/** How long a client has for a call, in milliseconds: more than the patience of any that gives up by itself. */
const timeout = 10_000;

/** In how many scenarios a breach is looked for again. */
const attempts = 3;

/**
 * Grades a client, and plays a scenario once more, alone, for each rule that it broke, to keep what went
 * over the wire.
 *
 * @param scenarios names; all shipped ones when there are none
 */
export async function gradeKnownClient(
	id: string,
	{adapter}: OpenClient,
	scenarios: readonly string[],
): Promise<GradedClient> {
	const asked = scenarios.length > 0 ? {scenarios} : {};
	const grade = await gradeClient(adapter, {client: id, timeout, concurrency: 4, ...asked});
	const tap = new WireTap();
	const plays = new Map<string, Played>();
	const play = async (scenario: string) => {
		const known = plays.get(scenario);
		if (known !== undefined) return known;
		tap.take();
		let exchanges: readonly Exchange[] = [];
		const look = (all: readonly Exchange[]) => {
			exchanges = all;
		};
		const {grade: again} = await playScenario(adapter, scenario, {timeout}, look);
		const played = {verdict: again.verdict, exchanges, pieces: tap.take()};
		plays.set(scenario, played);
		return played;
	};
	const hops = new Map(grade.scenarios.map(({scenario, verdict}) => [scenario, hopsOf(verdict)]));
	const rules: GradedRule[] = [];
	for (const {rule, level, outcome, broken} of grade.rules) {
		// Of a short chain it is seen better.
		const short = broken.toSorted((a, b) => (hops.get(a) ?? 0) - (hops.get(b) ?? 0));
		const seen = await seenAgain(rule, short.slice(0, attempts), play);
		const first = grade.scenarios
			.flatMap(({verdict}) => verdict.broken)
			.find(finding => finding.rule === rule);
		const breach = seen ?? (first && breachOf(first, broken[0] ?? ''));
		rules.push({rule, level, outcome, scenarios: broken, ...(breach && {breach})});
	}
	const transcripts: string[] = [];
	for (const name of scenarios) transcripts.push(wholeTranscript(await play(name)));
	const outcomes: Record<GradeOutcome, number> = {
		kept: 0,
		broken: 0,
		declined: 0,
		'not observed': 0,
	};
	for (const {outcome} of grade.scenarios) outcomes[outcome]++;
	return {
		id,
		rules,
		outcomes,
		unjudged: grade.scenarios.flatMap(({scenario, state, why = ''}) =>
			state === 'judged' ? [] : [{scenario, state, why: withoutPorts(why)}],
		),
		transcripts,
	};
}

/** A scenario that was played alone, with what went over the wire. */
interface Played {
	readonly verdict: Verdict;
	readonly exchanges: readonly Exchange[];
	readonly pieces: readonly Piece[];
}

function hopsOf({hops}: Verdict): number {
	return hops.followed + hops.declined + hops.waiting;
}

async function seenAgain(
	rule: string,
	scenarios: readonly string[],
	play: (scenario: string) => Promise<Played>,
): Promise<Breach | undefined> {
	for (const scenario of scenarios) {
		const {verdict, exchanges, pieces} = await play(scenario);
		const finding = verdict.broken.find(each => each.rule === rule);
		if (finding === undefined) continue;
		const own = exchanges.filter(({number}) => spokenOf(finding).has(number));
		return {...breachOf(finding, scenario), transcript: transcriptOf(pieces, own)};
	}
	return undefined;
}

/** The numbers of the exchanges that a finding is about, or names. */
function spokenOf({exchanges, expected, actual}: Finding): Set<number> {
	const named = `${expected} ${actual}`.matchAll(/\bexchange (\d+)/g);
	return new Set([...exchanges, ...[...named].map(([, number]) => Number(number))]);
}

function breachOf({expected = '', actual = '', cause}: Finding, scenario: string): Breach {
	return {
		scenario,
		expected: withoutPorts(expected),
		actual: withoutPorts(actual),
		...(cause !== undefined && {cause: withoutPorts(cause)}),
	};
}

function wholeTranscript({pieces, exchanges}: Played): string {
	return transcriptOf(pieces, exchanges);
}
