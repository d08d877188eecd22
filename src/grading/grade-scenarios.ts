import {FollowthroughError} from '../errors.ts';
import {shippedFiles} from '../scenario/shipped.ts';
import type {ScenarioSource} from '../start-double.ts';
import type {ClientAdapter} from './client-adapter.ts';
import type {Grade, ScenarioGrade} from './grade.ts';
import {notStarted, type PlayedScenario, playScenario} from './grade-scenario.ts';
import {mendFirst} from './mend-first.ts';
import {ruleGrades} from './rule-grades.ts';

/** How a client is graded. */
export interface GradeOptions {
	/** The scenarios, as `startDouble` takes them; all shipped ones unless told. */
	readonly scenarios?: readonly ScenarioSource[];
	/** What the report calls the client; `client` unless told. */
	readonly client?: string;
	/** How long the client has for each call, in milliseconds; 15 000 unless told. */
	readonly timeout?: number;
	/** How many scenarios are played side by side; 4 unless told. */
	readonly concurrency?: number;
	/** Told of each scenario when it is graded, in the order in which they end. */
	readonly onScenario?: (grade: ScenarioGrade, progress: Progress) => void;
}

/** How far a grading has come. */
export interface Progress {
	readonly done: number;
	readonly total: number;
}

/** Does the work of `gradeClient`. */
export async function gradeScenarios(client: ClientAdapter, options: GradeOptions): Promise<Grade> {
	const {client: name = 'client', onScenario = () => {}} = options;
	const sources = options.scenarios ?? (await shippedFiles()).map(({path}) => path);
	const milliseconds = numberOf(options, 'timeout', 15_000);
	const grades: ScenarioGrade[] = [];
	const played: PlayedScenario[] = [];
	let done = 0;
	await sideBySide(sources, numberOf(options, 'concurrency', 4), async (source, index) => {
		const result = await playScenario(client, source, milliseconds).catch((error: unknown) =>
			notStarted(nameOf(source), error),
		);
		if ('grade' in result) played[index] = result;
		const graded = 'grade' in result ? result.grade : result;
		grades[index] = graded;
		done++;
		onScenario(graded, {done, total: sources.length});
	});
	// Those that were not started have left holes.
	const whole = played.filter(each => each !== undefined);
	const catches = new Map(whole.map(({scenario}) => [scenario.name, scenario.catches]));
	return {
		client: name,
		scenarios: grades,
		rules: ruleGrades(grades, catches),
		mend: mendFirst(grades, whole),
		passed: grades.every(({state, outcome}) => state === 'judged' && outcome !== 'broken'),
	};
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
	await Promise.all(Array.from({length: Math.min(count, items.length)}, worker));
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
