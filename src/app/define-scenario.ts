import type {ScenarioInput} from '../scenario/types.ts';
import type {Handler} from './state.ts';

/**
 * A scenario written in a module, as it is; the function only gives it its type. In a module, a
 * route's `response` may also be a handler: `(ctx) => …`, with Koa's context.
 */
export function defineScenario(scenario: ScenarioInput<Handler>): ScenarioInput<Handler> {
	return scenario;
}
