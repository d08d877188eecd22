import {ScenarioError} from '../errors.ts';
import {checkBodies} from './checks/bodies.ts';
import {checkCalls} from './checks/calls.ts';
import {checkDuplicates} from './checks/duplicates.ts';
import {checkHeaders} from './checks/headers.ts';
import {checkPhases} from './checks/phases.ts';
import {checkPlaceholders} from './checks/placeholders.ts';
import {checkRequests} from './checks/requests.ts';
import {checkResponses} from './checks/responses.ts';
import type {LoadedScenario} from './loaded.ts';
import {type Positions, placeFaults} from './positions.ts';

const checks = [
	checkRequests,
	checkDuplicates,
	checkPhases,
	checkResponses,
	checkBodies,
	checkHeaders,
	checkPlaceholders,
	checkCalls,
];

/** Checks what a schema can't say, across the whole scenario. Throws a ScenarioError with all faults. */
export function checkScenario(loaded: LoadedScenario, positions: Positions): void {
	const faults = checks.flatMap(check => check(loaded));
	if (faults.length > 0) throw new ScenarioError(loaded.file, placeFaults(faults, positions));
}
