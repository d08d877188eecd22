import {compileScenario} from './scenario/compile.ts';
import type {LintFinding} from './scenario/lint.ts';
import {loadScenario} from './scenario/load.ts';
import type {ScenarioSource} from './start-double.ts';

/**
 * Holds a scenario against the documentation of its statuses: pitfalls of servers, and advice on
 * when which redirect is right. An empty list when nothing is to be said.
 *
 * What only it needs is loaded when it is called.
 *
 * @throws ScenarioError, SCENARIO_UNKNOWN or SCENARIO_UNREADABLE, as `startDouble` does
 */
export async function lint(source: ScenarioSource): Promise<readonly LintFinding[]> {
	const {lintScenario} = await import('./scenario/lint.ts');
	return lintScenario(compileScenario(await loadScenario(source)));
}
