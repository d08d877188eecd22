import type {Form} from './form.ts';
import type {Load} from './load-process.ts';

/** What measures are run with. */
export interface Bench {
	readonly form: Form;
	readonly load: Load;
	/** Tells who waits how far it is. */
	say(text: string): void;
}

/** One measure of the bench. */
export interface Measure {
	/** What `--only` calls it. */
	readonly id: string;
	/** @throws Error when a run is broken: wrong answers, an incomplete journal, a crash */
	run(bench: Bench): Promise<Result>;
}

/** What came of a measure. */
export interface Result {
	readonly title: string;
	/** How it was measured, in a few sentences. */
	readonly how: string;
	readonly columns: readonly string[];
	readonly rows: readonly (readonly string[])[];
	readonly targets: readonly Target[];
	/** Who did not take part, and why. */
	readonly skipped: readonly string[];
	/** What the chart shows of it. */
	readonly bars?: Bars;
}

/** A figure that is to be reached. */
export interface Target {
	/** Such as `pairs per second, 16 connections`. */
	readonly what: string;
	readonly value: number;
	readonly sense: 'at least' | 'at most' | 'under';
	readonly limit: number;
	/** What value and limit are in, such as `x bare Koa` or `ms`. */
	readonly unit: string;
}

/** A row of bars in the chart. */
export interface Bars {
	readonly title: string;
	readonly better: 'more' | 'less';
	readonly bars: readonly {readonly name: string; readonly value: number}[];
}

/** Whether a target is reached. */
export function isReached({value, sense, limit}: Target): boolean {
	if (sense === 'at least') return value >= limit;
	return sense === 'at most' ? value <= limit : value < limit;
}
