import type {LoadedScenario} from '../loaded.ts';
import {pointerTo} from '../pointer.ts';
import type {Fault} from '../positions.ts';
import type {Response, Route} from '../types.ts';

/** A route has either `response` or `responses`, and these are a sequence or shares, not both. */
export function checkResponses({scenario}: LoadedScenario): Fault[] {
	return scenario.routes.flatMap((route, index) => [
		...oneOfTwo(route, pointerTo('routes', index)),
		...sequenceOrShares(route.responses ?? [], pointerTo('routes', index, 'responses')),
	]);
}

function oneOfTwo({response, responses}: Route, path: string): Fault[] {
	if (response !== undefined && responses !== undefined) {
		return [{path, message: 'has both "response" and "responses": expected one of them'}];
	}
	if (response === undefined && responses === undefined) {
		return [{path, message: 'has neither "response" nor "responses": expected one of them'}];
	}
	return [];
}

function sequenceOrShares(responses: readonly Response[], path: string): Fault[] {
	const timed = responses.some(({times}) => times !== undefined);
	const weighted = responses.some(({weight}) => weight !== undefined);
	if (timed && weighted) {
		const message =
			'mixes "times" (a sequence) with "weight" (shares of traffic): expected one kind';
		return [{path, message}];
	}
	return weighted ? missingWeights(responses, path) : missingTimes(responses, path);
}

function missingWeights(responses: readonly Response[], path: string): Fault[] {
	return responses.flatMap(({weight}, index) =>
		weight === undefined
			? [{path: path + pointerTo(index), message: '"weight" is missing: the others have one'}]
			: [],
	);
}

function missingTimes(responses: readonly Response[], path: string): Fault[] {
	const message =
		'"times" is missing: only the last response of a sequence is given for ever (for shares of traffic give each a "weight")';
	return responses
		.slice(0, -1)
		.flatMap(({times}, index) =>
			times === undefined ? [{path: path + pointerTo(index), message}] : [],
		);
}
