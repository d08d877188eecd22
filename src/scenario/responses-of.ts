import {pointerTo} from './pointer.ts';
import type {AnyHandler, Response, Route, Scenario} from './types.ts';

/** A scripted response with its place in the scenario. */
export interface PlacedResponse {
	readonly response: Response;
	/** JSON pointer, such as `/routes/0/responses/1`. */
	readonly path: string;
	/** The number of its route, from 0. */
	readonly route: number;
}

/** Whether the response of a route is a handler. */
export function isHandler(response: Route['response']): response is AnyHandler {
	return typeof response === 'function';
}

/** The scripted responses of a route in order; none when a handler answers. */
export function responsesOf(route: Route, index: number): PlacedResponse[] {
	const {response, responses = []} = route;
	const one =
		response === undefined || isHandler(response)
			? []
			: [{response, path: pointerTo('routes', index, 'response'), route: index}];
	const many = responses.map((each, place) => ({
		response: each,
		path: pointerTo('routes', index, 'responses', place),
		route: index,
	}));
	return [...one, ...many];
}

/** All scripted responses of a scenario. */
export function allResponses(scenario: Scenario): PlacedResponse[] {
	return scenario.routes.flatMap(responsesOf);
}
