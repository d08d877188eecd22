/** What the bench asks a contestant. */
export interface Question {
	/**
	 * `cpu`: processor time in microseconds; `heap`: bytes in use after collection; `rss`, `peak`:
	 * memory of the process in bytes, now and at the most; `check`: is everything recorded; `judge`:
	 * milliseconds to judge all pairs; `reset`: forget everything.
	 */
	readonly ask: 'cpu' | 'heap' | 'rss' | 'peak' | 'check' | 'judge' | 'reset';
	/** How many pairs were sent since the last reset. */
	readonly pairs: number;
}

/** What a contestant tells the bench. */
export type Told =
	| {readonly port: number; readonly version: string}
	| {readonly value: number}
	| {readonly fault: string}
	| {readonly unavailable: string};
