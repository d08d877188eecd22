import {basename, join} from 'node:path';
import type {LoadedScenario} from './loaded.ts';
import type {Scenario} from './types.ts';

/** A file that routes of a scenario come from. */
export interface ScenarioFile {
	/** Its absolute path; absent for what came from no file. */
	readonly path?: string;
	/** The scenario's name. */
	readonly name: string;
	/** How many routes are its. */
	readonly routes: number;
}

/** A scenario is what its author wrote, and says nothing of where: that is kept beside it. */
const files = new WeakMap<Scenario, readonly ScenarioFile[]>();

/** Keeps where a scenario was read from. */
export function rememberFile({scenario, file, folder}: LoadedScenario): void {
	const {name, routes} = scenario;
	const path = folder === undefined ? {} : {path: join(folder, basename(file))};
	files.set(scenario, [{name, routes: routes.length, ...path}]);
}

/** Keeps where the parts of a scenario were read from, in order. */
export function rememberParts(scenario: Scenario, parts: readonly Scenario[]): void {
	files.set(scenario, parts.flatMap(filesOf));
}

/** Where the routes of a scenario come from, in their order. */
export function filesOf(scenario: Scenario): readonly ScenarioFile[] {
	return files.get(scenario) ?? [{name: scenario.name, routes: scenario.routes.length}];
}
