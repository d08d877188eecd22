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
		if (!Array.isArray(scenario)) return [await sourceOf(scenario, '/scenario')];
		return await Promise.all(scenario.map((each, index) => sourceOf(each, `/scenario/${index}`)));
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

/** @param place where it stands in the content, which is where its faults are told */
async function sourceOf(source: unknown, place: string): Promise<ScenarioSource> {
	const file = 'the scenario';
	if (typeof source !== 'string') {
		try {
			return (await checkScenario(source, {file}, noPositions)).scenario;
		} catch (error) {
			throw error instanceof ScenarioError ? placed(error, place) : error;
		}
	}
	if (!isName(source)) {
		const message =
			'a scenario comes by the name of a shipped one, or whole: the API reads no other file of its machine';
		throw new ScenarioError(file, [{path: place, message}]);
	}
	await assertKnownScenario(source);
	return source;
}

function placed(error: ScenarioError, place: string): ScenarioError {
	const problems = error.problems.map(problem => ({...problem, path: place + problem.path}));
	return new ScenarioError(error.file, problems, {cause: error});
}
