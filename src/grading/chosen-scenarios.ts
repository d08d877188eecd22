import {FollowthroughError} from '../errors.ts';
import {assertKnownScenario, isName, loadScenario} from '../scenario/load.ts';
import {didYouMean} from '../scenario/near-name.ts';
import {shippedFiles} from '../scenario/shipped.ts';
import type {ScenarioSource} from '../start-double.ts';

/** Which scenarios are played. */
export interface ScenarioChoice {
	/** The scenarios, as `startDouble` takes them; all shipped ones unless told. */
	readonly scenarios?: readonly ScenarioSource[];
	/** Names of scenarios to leave out, such as those that need what the client can't send; none unless told. */
	readonly except?: readonly string[];
}

/**
 * The scenarios to play: those that were asked for, or all shipped ones, but for those that are left out.
 *
 * @throws FollowthroughError SCENARIO_UNKNOWN for a name that no scenario has
 */
export async function chosenScenarios({
	scenarios,
	except = [],
}: ScenarioChoice): Promise<readonly ScenarioSource[]> {
	for (const source of scenarios ?? []) await assertKnownScenario(source);
	const shipped = await shippedFiles();
	const sources = scenarios ?? shipped.map(({path}) => path);
	if (except.length === 0) return sources;
	const names = scenarios
		? await Promise.all(scenarios.map(nameOf))
		: shipped.map(({name}) => name);
	const known = new Set([...names, ...shipped.map(({name}) => name)]);
	for (const name of except) if (!known.has(name)) throw unknown(name, [...known]);
	return sources.filter((_, index) => !except.includes(names[index] ?? ''));
}

/** The name that a scenario has in a grade; of one that can't be read, how it was given. */
async function nameOf(source: ScenarioSource): Promise<string> {
	if (isName(source)) return source;
	if (typeof source !== 'string' && !(source instanceof URL)) return source.name;
	return loadScenario(source).then(
		({scenario}) => scenario.name,
		() => String(source),
	);
}

function unknown(name: string, known: readonly string[]): FollowthroughError {
	const guess =
		didYouMean(name, known) || '; shippedScenarios() lists those that come with the package';
	return new FollowthroughError(
		'SCENARIO_UNKNOWN',
		`The option except of gradeClient leaves out "${name}", which no scenario is called${guess}`,
	);
}
