import type {Recorder} from '../journal/recorder.ts';
import type {Records} from '../journal/records.ts';
import type {Scenario} from '../scenario/types.ts';
import type {Surroundings} from './rule.ts';
import {surroundingsOf} from './surroundings.ts';

/** What rules look at, made once for each state of a journal: judging many hops stays linear. */
export class LatestSurroundings {
	#made:
		| {scenario: Scenario; records: Records; version: number; surroundings: Surroundings}
		| undefined;

	/** What there is now; what was judged by another scenario is judged anew. */
	of(scenario: Scenario, recorder: Recorder): Surroundings {
		const {records} = recorder;
		const {version} = records.changes;
		const made = this.#made;
		if (made?.scenario === scenario && made.records === records && made.version === version)
			return made.surroundings;
		const surroundings = surroundingsOf(scenario, recorder);
		this.#made = {scenario, records, version, surroundings};
		return surroundings;
	}

	/** What was judged goes with its journal. */
	forget(): void {
		this.#made = undefined;
	}
}
