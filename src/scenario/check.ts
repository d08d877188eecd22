import {ScenarioError} from '../errors.ts';
import {checkBodies} from './checks/bodies.ts';
import {checkCalls} from './checks/calls.ts';
import {checkDuplicates} from './checks/duplicates.ts';
import {checkFaults} from './checks/faults.ts';
import {checkHeaders} from './checks/headers.ts';
import {checkPhases} from './checks/phases.ts';
import {checkPlaceholders} from './checks/placeholders.ts';
import {checkRequests} from './checks/requests.ts';
import {checkResponses} from './checks/responses.ts';
import {checkTiming} from './checks/timing.ts';
import type {LoadedScenario} from './loaded.ts';
import {type Fault, type Positions, placeFaults} from './positions.ts';
import {isDoubtful} from './salvage.ts';
import {validateScenario} from './validate.ts';

const checks = [
	checkRequests,
	checkDuplicates,
	checkPhases,
	checkResponses,
	checkBodies,
	checkHeaders,
	checkPlaceholders,
	checkTiming,
	checkFaults,
	checkCalls,
];

/**
 * Holds data against the schema, then checks what a schema can't say, across the whole scenario.
 * Throws a ScenarioError with all faults of both kinds.
 */
export async function checkScenario(
	data: unknown,
	source: Omit<LoadedScenario, 'scenario'>,
	positions: Positions,
): Promise<LoadedScenario> {
	const {scenario, faults, doubtful} = await validateScenario(data);
	const loaded = scenario && {...source, scenario};
	const all = loaded === undefined ? faults : [...faults, ...crossCheck(loaded, doubtful)];
	if (loaded !== undefined && all.length === 0) return loaded;
	throw new ScenarioError(source.file, placeFaults(all, positions));
}

/** What the checks find, but for what may only come from a fault that the schema found. */
function crossCheck(loaded: LoadedScenario, doubtful: readonly string[]): Fault[] {
	const phasesKnown = !isDoubtful('/phases', doubtful);
	return checks
		.filter(check => phasesKnown || check !== checkPhases)
		.flatMap(check => check(loaded))
		.filter(({path}) => !isDoubtful(path, doubtful));
}
