import type {AnyHandler, ScenarioInput} from './types.ts';

/**
 * A scenario written in a module, as it is: the function only gives the editor its type. In a
 * module a route's `response` may also be a handler.
 */
export function defineScenario<Handler extends AnyHandler = AnyHandler>(
	scenario: ScenarioInput<Handler>,
): ScenarioInput<Handler> {
	return scenario;
}
