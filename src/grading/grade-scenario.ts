import type {Double} from '../double.ts';
import type {Exchange} from '../journal/exchange.ts';
import {compileScenarios} from '../scenario/compile-scenarios.ts';
import {loadScenario} from '../scenario/load.ts';
import type {LoadedScenario} from '../scenario/loaded.ts';
import type {Scenario} from '../scenario/types.ts';
import {type ScenarioSource, startCompiled} from '../start-double.ts';
import {counts} from '../verdict/enforced.ts';
import {judge} from '../verdict/judge.ts';
import type {Surroundings} from '../verdict/rule.ts';
import {surroundingsOf} from '../verdict/surroundings.ts';
import type {Finding, Verdict} from '../verdict/verdict.ts';
import {askClient, type CallLimits} from './ask-client.ts';
import {askedCalls} from './asked-calls.ts';
import {whyNotAsked, whyNotToAsk} from './asked-request.ts';
import type {ClientAdapter, DocumentedCall} from './client-adapter.ts';
import type {CallResult, GradedCall, RunState, ScenarioGrade} from './grade.ts';
import {type Harm, harmOf} from './harm.ts';
import {outcomeOf} from './outcome.ts';

/** A scenario that was played. Its journal is gone by then. */
export interface PlayedScenario {
	readonly grade: ScenarioGrade;
	/** The ids of the rules that it is there to provoke. */
	readonly catches: readonly string[];
	/** How many exchanges its journal had. */
	readonly size: number;
	/** The breaches that count, each with what it does. */
	readonly breaches: readonly Breach[];
}

/** A breach that counts. */
export interface Breach {
	readonly finding: Finding;
	readonly harm: Harm;
}

/**
 * Plays one scenario with a client: a double of its own, the documented calls one after another, then
 * the verdict.
 *
 * @param limits how long the client has for each call
 * @param look gets the exchanges at the end, before the double closes
 * @throws FollowthroughError or ScenarioError when the double can't be started, and the reason of the signal
 */
export async function playScenario(
	client: ClientAdapter,
	source: ScenarioSource,
	limits: CallLimits,
	look: (exchanges: readonly Exchange[]) => void = () => {},
): Promise<PlayedScenario> {
	const {signal} = limits;
	const loaded = await loadScenario(source);
	const double = await startCompiled(compileScenarios([loaded]), {}, {oneCallAtATime: true});
	// All that is waited for ends with the double.
	signal?.addEventListener('abort', double.close);
	try {
		const played = await play(client, double, loaded, limits);
		look(double.exchanges);
		return played;
	} finally {
		signal?.removeEventListener('abort', double.close);
		await double.close();
	}
}

/** A call, what became of it, and what came of it. */
interface MadeCall {
	readonly call: DocumentedCall;
	readonly result: CallResult;
	/** How many exchanges there were when it began, and when it had ended. */
	readonly from: number;
	readonly to: number;
}

async function play(
	client: ClientAdapter,
	double: Double,
	loaded: LoadedScenario,
	limits: CallLimits,
): Promise<PlayedScenario> {
	const made: MadeCall[] = [];
	for (const call of await askedCalls(loaded, url => double.urlOf(url))) {
		limits.signal?.throwIfAborted();
		const from = double.exchanges.length;
		const hindrance = whyNotToAsk(call);
		if (hindrance !== undefined) {
			made.push({call, result: {ended: 'not asked', why: hindrance}, from, to: from});
			continue;
		}
		const result = await askClient(client, call, limits);
		// What a client sends when it has answered its caller belongs to this call, not to the next.
		await double.settle({quiet, timeout: patience});
		made.push({call, result, from, to: double.exchanges.length});
	}
	limits.signal?.throwIfAborted();
	const surroundings = {
		...surroundingsOf(double.scenario, double.journal),
		asked: askedBy(made, double),
	};
	const {scenario} = double;
	const grade = gradeOf(scenario, made, surroundings);
	const breaches = breachesOf(grade.verdict, made, surroundings);
	const {length: size} = surroundings.exchanges;
	return {grade, catches: scenario.catches, size, breaches};
}

function breachesOf({broken}: Verdict, made: readonly MadeCall[], around: Surroundings): Breach[] {
	const isReportedWell = (exchange: number) =>
		made.find(({to}) => exchange <= to)?.result.ended === 'answered';
	const circumstances = {exchanges: around.exchanges, hops: around.hops, isReportedWell};
	return broken
		.filter(finding => counts(finding, around.scenario))
		.map(finding => ({finding, harm: harmOf(finding, circumstances)}));
}

/** Milliseconds of silence after which a call is over, and how long that is waited for. */
const quiet = 50;
const patience = 3000;

function askedBy(made: readonly MadeCall[], {exchanges}: Double): Map<number, string> {
	return new Map(
		made.flatMap(({call, from, to}) => {
			const first = from < to ? exchanges[from] : undefined;
			return first === undefined ? [] : [[first.number, call.documented] as const];
		}),
	);
}

function gradeOf(
	scenario: Scenario,
	made: readonly MadeCall[],
	surroundings: Surroundings,
): ScenarioGrade {
	const verdict = judge(surroundings);
	const {name, title = name, source} = scenario;
	return {
		scenario: name,
		title,
		...(source !== undefined && {source}),
		...stateOf(made, surroundings),
		outcome: outcomeOf(verdict, scenario, surroundings.hops),
		calls: made.map(({call, result}): GradedCall => {
			return {request: `${call.method} ${call.documented}`, result};
		}),
		verdict,
	};
}

function stateOf(
	made: readonly MadeCall[],
	surroundings: Surroundings,
): {state: RunState; why?: string} {
	if (made.length === 0)
		return {state: 'set-up failed', why: 'the scenario has no calls: there is nothing to ask for'};
	for (const {result} of made) {
		if (result.ended === 'crashed') return {state: 'crashed', why: result.error};
		if (result.ended === 'misreported') return {state: 'set-up failed', why: result.error};
		if (result.ended === 'hung')
			return {state: 'hung', why: `no answer within ${result.milliseconds} ms`};
	}
	for (const {call, result, from, to} of made) {
		if (result.ended === 'not asked') continue;
		const why = whyNotAsked(call, result, surroundings.exchanges.slice(from, to), surroundings);
		if (why !== undefined) return {state: 'set-up failed', why};
	}
	return {state: 'judged'};
}

/** What is said of a scenario whose double did not start. */
export function notStarted(name: string, error: unknown): PlayedScenario {
	const grade: ScenarioGrade = {
		scenario: name,
		title: name,
		state: 'set-up failed',
		why: error instanceof Error ? error.message : String(error),
		outcome: 'not observed',
		calls: [],
		verdict: {
			scenario: name,
			hops: {followed: 0, declined: 0, waiting: 0},
			dropped: 0,
			broken: [],
			kept: [],
			notObserved: [],
		},
	};
	return {grade, catches: [], size: 0, breaches: []};
}
