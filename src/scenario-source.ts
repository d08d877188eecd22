import {compileScenarios} from './scenario/compile-scenarios.ts';
import type {CompiledScenario} from './scenario/compiled.ts';
import {type LoadOptions, loadScenario} from './scenario/load.ts';
import type {ScenarioInput} from './scenario/types.ts';
import {checkEnforced} from './verdict/enforced.ts';

/** A scenario to play: the name of a shipped one, the path or file URL of a file, or an object. */
export type ScenarioSource = string | URL | ScenarioInput;

/**
 * Reads what a double is to play, and makes it ready.
 *
 * @param source one scenario, or several that are played by one double
 * @throws ScenarioError with all faults of a scenario; FollowthroughError SCENARIO_UNKNOWN,
 *   SCENARIO_UNREADABLE or RULE_UNKNOWN
 */
export async function readSource(
	source: ScenarioSource | readonly ScenarioSource[],
	options?: LoadOptions,
): Promise<CompiledScenario> {
	const sources: readonly ScenarioSource[] = isList(source) ? source : [source];
	const loaded = await Promise.all(sources.map(each => loadScenario(each, options)));
	const compiled = compileScenarios(loaded);
	checkEnforced(compiled.scenario);
	return compiled;
}

function isList(
	source: ScenarioSource | readonly ScenarioSource[],
): source is readonly ScenarioSource[] {
	return Array.isArray(source);
}
