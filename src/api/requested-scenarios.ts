import {ScenarioError} from '../errors.ts';
import {checkScenario} from '../scenario/check.ts';
import {assertKnownScenario, isName} from '../scenario/load.ts';
import {parseScenarioText} from '../scenario/parse.ts';
import {noPositions} from '../scenario/positions.ts';
import type {ScenarioSource} from '../scenario-source.ts';
import {Problem} from './problem.ts';
import {YamlText} from './read-content.ts';

/**
 * What a request wants to be played, read and checked. Nothing that a request names is read from this
 * machine, but for shipped scenarios by their names.
 *
 * @throws ScenarioError, or FollowthroughError SCENARIO_UNKNOWN; Problem REQUEST_INVALID for what is
 *   nested too deeply
 */
export async function requestedScenarios(
	given: YamlText | {readonly scenario: unknown},
): Promise<readonly ScenarioSource[]> {
	try {
		if (given instanceof YamlText) return [await fromYaml(given.text)];
		const {scenario} = given;
		return await Promise.all((Array.isArray(scenario) ? scenario : [scenario]).map(sourceOf));
	} catch (error) {
		// The stack is at its end: nobody wrote that by hand.
		if (!(error instanceof RangeError)) throw error;
		throw new Problem('REQUEST_INVALID', 'The scenario is nested too deeply.', {cause: error});
	}
}

async function fromYaml(text: string): Promise<ScenarioSource> {
	const file = 'the scenario';
	const {data, positions} = await parseScenarioText(text, file);
	return (await checkScenario(data, {file}, positions)).scenario;
}

async function sourceOf(source: unknown): Promise<ScenarioSource> {
	if (typeof source !== 'string')
		return (await checkScenario(source, {file: 'the scenario'}, noPositions)).scenario;
	if (!isName(source))
		throw new ScenarioError('the scenario', [
			{
				path: '/scenario',
				message:
					'a scenario comes by the name of a shipped one, or whole: the API reads no other file of its machine',
			},
		]);
	await assertKnownScenario(source);
	return source;
}
