import {takesMethod} from '../methods.ts';
import {type Redirect, targetRoutes} from './redirect.ts';

/** What a target makes of the methods that a method-preserving redirect sends to it. */
export interface TargetMethods {
	/** Methods of the redirected requests that the target does not take. */
	readonly refused: readonly string[];
	/** Methods that the target takes, sorted. */
	readonly taken: readonly string[];
}

/** Undefined when the redirect leads to no route, or to one for any method. */
export function methodsOfTarget(redirect: Redirect): TargetMethods | undefined {
	const routes = targetRoutes(redirect);
	if (routes.length === 0 || routes.some(({methods}) => methods === undefined)) return undefined;
	return {
		refused: redirect.methods.filter(
			method => !routes.some(({methods}) => takesMethod(methods, method)),
		),
		taken: [...new Set(routes.flatMap(({methods = []}) => methods))].sort(),
	};
}
