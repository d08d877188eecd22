import {Router} from '@koa/router';
import {Memo} from '../http/memo.ts';
import {knownMethods} from '../http/methods.ts';
import type {CompiledRoute, PathParameters} from '../scenario/compiled.ts';

/** A route that takes the method and the path of a request. */
export interface MatchingRoute {
	readonly route: CompiledRoute;
	/** The parameters of the path as they stood on the wire. */
	readonly parameters: PathParameters;
	/** The same, decoded. */
	readonly decoded: Readonly<Record<string, string>>;
}

/** The routes of an origin, matched by @koa/router. */
export class MatchingRoutes {
	// `/items` and `/Items` and `/items/` are three resources, and redirects are about such differences.
	readonly #router = new Router({sensitive: true, strict: true});
	readonly #byLayer = new Map<object, CompiledRoute>();
	/** By method and path: texts that are there already are found without a copy. */
	readonly #known = new Memo<Memo<readonly MatchingRoute[]>>();

	constructor(routes: readonly CompiledRoute[]) {
		for (const route of routes) {
			const methods = [...(route.methods ?? knownMethods)];
			this.#byLayer.set(
				this.#router.register(route.path, methods, () => {}),
				route,
			);
		}
	}

	/** Those that take a request, in the order of the scenario; the router is asked once for each path. */
	of(method: string, path: string): readonly MatchingRoute[] {
		const ofMethod = this.#known.get(method, () => new Memo());
		return ofMethod.get(path, () => this.#match(method, path));
	}

	#match(method: string, path: string): readonly MatchingRoute[] {
		return this.#router.match(path, method).pathAndMethod.flatMap(layer => {
			const route = this.#byLayer.get(layer);
			const parameters = route?.matchPath(path);
			if (route === undefined || parameters === undefined) return [];
			const decoded = layer.params(path, layer.captures(path));
			return [Object.freeze({route, parameters, decoded: Object.freeze(decoded)})];
		});
	}
}
