import {Memo} from '../http/memo.ts';
import type {CompiledScenario} from '../scenario/compiled.ts';
import type {Addresses} from './addresses.ts';
import {Locations} from './location.ts';
import {MatchingRoutes} from './matching-routes.ts';
import {Playback} from './playback.ts';

/** What requests for one origin are answered by. */
export interface Scene {
	readonly production: Production;
	readonly routes: MatchingRoutes;
	readonly locations: Locations;
}

/**
 * A scenario from when a double begins to play it until another one takes its place: how far it has
 * come, and where its origins are. An exchange keeps to the one that it began with.
 */
export class Production {
	readonly compiled: CompiledScenario;
	readonly addresses: Addresses;
	readonly playback: Playback;
	readonly #origins: ReadonlySet<string>;
	/** By origin; those that a client makes up are not kept for ever. */
	readonly #scenes = new Memo<Scene>();

	/** @param phase the one to begin with, where the scenario has it; its first one, unless told */
	constructor(compiled: CompiledScenario, addresses: Addresses, phase?: string) {
		this.compiled = compiled;
		this.addresses = addresses;
		this.playback = new Playback(compiled, phase);
		this.#origins = new Set(compiled.origins);
	}

	/** Whether the scenario names an origin. */
	names(origin: string): boolean {
		return this.#origins.has(origin);
	}

	/** What is played at an origin; also at one that the scenario does not name, where no route answers. */
	at(origin: string): Scene {
		return this.#scenes.get(origin, () => this.#make(origin));
	}

	#make(origin: string): Scene {
		const {compiled, addresses} = this;
		const routes = compiled.routes.filter(route => route.origin === origin);
		const tagged = compiled.scenario.links === 'tagged';
		return {
			production: this,
			routes: new MatchingRoutes(routes),
			locations: new Locations({addresses, tagged}),
		};
	}
}

/** Where one production takes the place of another. */
export interface Stage {
	/** The one that requests begin with from now on. */
	production: Production;
}
