import {readFile} from 'node:fs/promises';
import {parseScenarioText} from './parse.ts';
import {pointerTo} from './pointer.ts';
import type {Position, Positions} from './positions.ts';
import {noPositions} from './positions.ts';
import {readRequest} from './requests-of.ts';
import {filesOf, type ScenarioFile} from './scenario-files.ts';
import type {Scenario} from './types.ts';

/** Where a route stands. */
export interface RoutePlace {
	/** `METHODS URL` as documented. */
	readonly label: string;
	/** The name of the scenario. */
	readonly scenario: string;
	/** Its place in that, as a JSON pointer: `/routes/0`. */
	readonly pointer: string;
	/** The absolute path of the file; absent for a scenario that came from none. */
	readonly path?: string;
	/** Its place in the text; absent for a module, and where the file can't be read any more. */
	readonly position?: Position;
}

/** Where each route of a scenario stands, of several scenarios in one also which it is of. Reads their files. */
export async function routePlaces(scenario: Scenario): Promise<readonly RoutePlace[]> {
	const labels = scenario.routes.map(route => {
		const line = readRequest(route);
		return 'faults' in line ? '' : line.label;
	});
	const places: RoutePlace[] = [];
	for (const file of filesOf(scenario)) {
		const positions = await positionsIn(file);
		for (let index = 0; index < file.routes; index++) {
			const pointer = pointerTo('routes', index);
			const position = positions.find(pointer, false);
			places.push({
				label: labels[places.length] ?? '',
				scenario: file.name,
				pointer,
				...(file.path !== undefined && {path: file.path}),
				...(position && {position}),
			});
		}
	}
	return places;
}

/** A file may have changed since it was read, or be no text that has places. */
async function positionsIn({path}: ScenarioFile): Promise<Positions> {
	if (path === undefined || /\.m?[jt]s$/i.test(path)) return noPositions;
	try {
		return (await parseScenarioText(await readFile(path, 'utf8'), path)).positions;
	} catch {
		return noPositions;
	}
}
