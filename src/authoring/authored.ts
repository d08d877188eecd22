import type {ScenarioInput} from '../scenario/types.ts';
import type {Note} from './note.ts';

/** A scenario that was made from something else. */
export interface Authored {
	readonly scenario: ScenarioInput;
	/** What the source had that the scenario has not, or has otherwise. */
	readonly notes: readonly Note[];
	/** Lines for the head of the file: where it came from. */
	readonly comments: readonly string[];
}
