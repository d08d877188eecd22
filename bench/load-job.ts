/** What the load is asked to do. */
export interface Job {
	readonly port: number;
	readonly connections: number;
	/** It ends after so many pairs, or after so many milliseconds, whichever comes first. */
	readonly pairs?: number;
	readonly milliseconds?: number;
	/** Whether each pair has a body of its own; otherwise all are equal. */
	readonly distinct?: boolean;
}

/** What came of it. */
export interface Done {
	readonly pairs: number;
	readonly seconds: number;
	/** Processor time that the load itself took, in microseconds. */
	readonly cpu: number;
	/** With `pairs`: the seconds of each tenth of them. */
	readonly tenths: readonly number[];
	/** What was wrong with answers; the first few, in words. */
	readonly faults: readonly string[];
}
