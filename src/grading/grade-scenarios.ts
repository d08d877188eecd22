import {FollowthroughError} from '../errors.ts';
import type {ScenarioSource} from '../start-double.ts';
import {chosenScenarios, type ScenarioChoice} from './chosen-scenarios.ts';
import type {ClientAdapter} from './client-adapter.ts';
import {conclusionOf} from './conclusion.ts';
import type {Grade, ScenarioGrade} from './grade.ts';
import {notStarted, type PlayedScenario, playScenario} from './grade-scenario.ts';
import {mendFirst} from './mend-first.ts';
import {ruleGrades} from './rule-grades.ts';
import {scoreOf} from './score.ts';

/** How a client is graded. */
export interface GradeOptions extends ScenarioChoice {
	/** What the report calls the client; `client` unless told. */
	readonly client?: string;
	/** How long the client has for each call, in milliseconds; 15 000 unless told. */
	readonly timeout?: number;
	/** How many scenarios are played side by side; 4 unless told. */
	readonly concurrency?: number;
	/** Told of each scenario when it is graded, in the order in which they end. What it throws is printed as a warning. */
	readonly onScenario?: (grade: ScenarioGrade, progress: Progress) => void;
	/** Ends the grading when it is aborted: the client is told, all doubles are closed, and no grade comes. */
	readonly signal?: AbortSignal;
}

/** How far a grading has come. */
export interface Progress {
	readonly done: number;
	readonly total: number;
}

/** Does the work of `gradeClient`. */
export async function gradeScenarios(client: ClientAdapter, options: GradeOptions): Promise<Grade> {
	const {client: name = 'client', signal} = options;
	const sources = await chosenScenarios(options);
	const limits = {timeout: numberOf(options, 'timeout', 15_000), signal};
	const played: PlayedScenario[] = [];
	let done = 0;
	await sideBySide(sources, numberOf(options, 'concurrency', 4), async (source, index) => {
		signal?.throwIfAborted();
		const result = await playScenario(client, source, limits).catch((error: unknown) => {
			signal?.throwIfAborted();
			return notStarted(nameOf(source), error);
		});
		played[index] = result;
		done++;
		tell(options, result.grade, {done, total: sources.length});
	});
	const scenarios = played.map(({grade}) => grade);
	const rules = ruleGrades(played);
	const mend = mendFirst(played);
	const conclusion = conclusionOf(scenarios, mend);
	return {client: name, scenarios, rules, score: scoreOf(rules), mend, ...conclusion};
}

/** A listener that fails is warned of, and costs no grade. */
function tell({onScenario}: GradeOptions, grade: ScenarioGrade, progress: Progress): void {
	const told = async () => onScenario?.(grade, progress);
	told().catch((error: unknown) => {
		process.emitWarning(`onScenario failed, and the grading goes on: ${String(error)}`);
	});
}

/** Does the work for all items, so many at once; each begins when one before it has ended. */
async function sideBySide<Item>(
	items: readonly Item[],
	count: number,
	work: (item: Item, index: number) => Promise<void>,
): Promise<void> {
	const left = items.entries();
	const worker = async () => {
		for (const [index, item] of left) await work(item, index);
	};
	const workers = Array.from({length: Math.min(count, items.length)}, worker);
	// When one fails, what the others have begun ends first.
	await Promise.allSettled(workers);
	await Promise.all(workers);
}

/** @throws FollowthroughError OPTION_INVALID */
function numberOf(options: GradeOptions, name: 'timeout' | 'concurrency', usual: number): number {
	const value = options[name] ?? usual;
	if (Number.isSafeInteger(value) && value >= 1) return value;
	throw new FollowthroughError(
		'OPTION_INVALID',
		`The option ${name} is ${String(value)}; expected a whole number, 1 or more.`,
	);
}

function nameOf(source: ScenarioSource): string {
	if (source instanceof URL) return source.href;
	return typeof source === 'string' ? source : source.name;
}
