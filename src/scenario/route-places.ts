import {readFile} from 'node:fs/promises';
import {splitOrigin} from '../http/origin.ts';
import {compilePath} from './compile.ts';
import {takesMethod} from './methods.ts';
import {parseScenarioText} from './parse.ts';
import {pointerTo} from './pointer.ts';
import type {Position, Positions} from './positions.ts';
import {noPositions} from './positions.ts';
import {readRequest} from './requests-of.ts';
import {filesOf, type ScenarioFile} from './scenario-files.ts';
import type {Route, Scenario} from './types.ts';

/** Where a route stands. */
export interface RoutePlace {
	/** `METHODS URL` as documented. */
	readonly label: string;
	/** Whether it is for requests with this method to this documented URL. */
	takes(method: string, url: string): boolean;
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
	const labels = scenario.routes.map(labelOf);
	const places: RoutePlace[] = [];
	for (const file of filesOf(scenario)) {
		const positions = await positionsIn(file);
		for (let index = 0; index < file.routes; index++) {
			const pointer = pointerTo('routes', index);
			const position = positions.find(pointer, false);
			places.push({
				...(labels[places.length] ?? nameless),
				scenario: file.name,
				pointer,
				...(file.path !== undefined && {path: file.path}),
				...(position && {position}),
			});
		}
	}
	return places;
}

type Label = Pick<RoutePlace, 'label' | 'takes'>;

const nameless: Label = {label: '', takes: () => false};

function labelOf(route: Route): Label {
	const line = readRequest(route);
	if ('faults' in line) return nameless;
	const {label, methods, origin, path} = line;
	const matchPath = compilePath(path);
	return {
		label,
		takes(method, url) {
			const parts = splitOrigin(url);
			const asked = parts?.rest.replace(/[?#].*/s, '') ?? '';
			return (
				takesMethod(methods, method) && parts?.origin === origin && matchPath(asked) !== undefined
			);
		},
	};
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
