import type {ClientAdapter} from '../../../src/index.ts';

/** A client that people use, as it is graded here. */
export interface KnownClient {
	/** Short, and fit to be the name of a folder, such as `node-fetch`. */
	readonly id: string;
	/** What people call it, such as `curl -X`. */
	readonly name: string;
	/** The table that it stands in. */
	readonly family: Family;
	/** How it is called here, in a sentence: what matters for redirects and is no default. */
	readonly called: string;
	/** The version that is on this machine, such as `7.88.1`; undefined when there is none. */
	version(): Promise<string | undefined>;
	/** Makes it ready: builds a program, starts a browser. */
	open(): Promise<OpenClient>;
}

/** The tables of clients, in their order. */
export const families = ['Command line', 'Node', 'Python', 'Other languages and browsers'] as const;

export type Family = (typeof families)[number];

/** A client that is ready to be asked. */
export interface OpenClient {
	readonly adapter: ClientAdapter;
	close(): Promise<void>;
}

/** A client for which there is nothing to be made ready, or to be cleared away. */
export function always(adapter: ClientAdapter): KnownClient['open'] {
	return async () => ({adapter, close: async () => {}});
}
