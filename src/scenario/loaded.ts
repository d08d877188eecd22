import type {Scenario} from './types.ts';

/** A scenario that was read, checked and found playable. */
export interface LoadedScenario {
	/** The scenario with its defaults filled in. */
	readonly scenario: Scenario;
	/** Where it was read from, or how it was given, such as `scenarios/documented/api-move.yaml`. */
	readonly file: string;
	/** The absolute path of the folder that it was read from; absent for an object. */
	readonly folder?: string;
}
