import {Addresses} from './app/addresses.ts';
import {createApp, type DoubleApp} from './app/app.ts';
import {Playback} from './app/playback.ts';
import {type Listener, listen} from './doors/listen.ts';
import type {Double} from './double.ts';
import {FollowthroughError} from './errors.ts';
import {originOf} from './http/origin.ts';
import {Recorder} from './journal/recorder.ts';
import {RunningDouble} from './running-double.ts';
import {compileScenarios} from './scenario/compile-scenarios.ts';
import type {CompiledScenario} from './scenario/compiled.ts';
import {assertKnownNames} from './scenario/known-names.ts';
import {loadScenario} from './scenario/load.ts';
import type {ScenarioInput} from './scenario/types.ts';
import {checkEnforced} from './verdict/enforced.ts';

/** A scenario to play: the name of a shipped one, the path or file URL of a file, or an object. */
export type ScenarioSource = string | URL | ScenarioInput;

export interface StartOptions {
	/**
	 * Fixed ports by documented origin, such as `{'https://api.example.test': 8080}`. Tests should
	 * leave them out: each listener then gets a free port.
	 */
	readonly ports?: Readonly<Record<string, number>>;
	/** How many exchanges the journal keeps, the oldest dropped first; all, unless told. */
	readonly maxExchanges?: number;
}

/**
 * Starts a double on loopback: one listener for each origin of the scenario.
 *
 * @param source one scenario, or several that are played by one double
 * @throws ScenarioError with all faults of a scenario; FollowthroughError SCENARIO_UNKNOWN,
 *   SCENARIO_UNREADABLE, RULE_UNKNOWN, ORIGIN_UNKNOWN, OPTION_INVALID or PORT_IN_USE. Nothing is left
 *   half-started.
 */
export async function startDouble(
	source: ScenarioSource | readonly ScenarioSource[],
	options: StartOptions = {},
): Promise<Double> {
	assertKnownNames('startDouble', options, ['ports', 'maxExchanges']);
	const sources: readonly ScenarioSource[] = isList(source) ? source : [source];
	const compiled = compileScenarios(await Promise.all(sources.map(each => loadScenario(each))));
	checkEnforced(compiled.scenario);
	const ports = portsOf(options, compiled);
	const recorder = new Recorder({
		callFields: compiled.scenario.callHeaders,
		maxExchanges: maxExchangesOf(options),
		checkJson: async (schema, data) =>
			(await import('./scenario/check-json.ts')).checkJson(schema, data),
	});
	return open(compiled, recorder, ports);
}

function isList(
	source: ScenarioSource | readonly ScenarioSource[],
): source is readonly ScenarioSource[] {
	return Array.isArray(source);
}

async function open(
	compiled: CompiledScenario,
	recorder: Recorder,
	ports: ReadonlyMap<string, number>,
): Promise<Double> {
	const {scenario, origins} = compiled;
	const addresses = new Addresses();
	const playback = new Playback(compiled);
	const locations = {addresses, tagged: scenario.links === 'tagged'};
	const apps = new Map<string, DoubleApp>();
	for (const origin of origins)
		apps.set(origin, createApp(origin, {compiled, recorder, playback, locations}));
	const listeners = await listenAll(apps, recorder, ports);
	for (const [index, origin] of origins.entries()) {
		const listener = listeners[index];
		if (listener) addresses.set(origin, listener.url);
	}
	const [app] = apps.values();
	const url = listeners[0]?.url;
	if (app === undefined || url === undefined) throw new Error('A scenario has at least one route.');
	const first = {app, url};
	return new RunningDouble({scenario, recorder, playback, addresses, apps, listeners, first});
}

/** All listeners or none: when one can't be opened, the others are closed again. */
async function listenAll(
	apps: ReadonlyMap<string, DoubleApp>,
	recorder: Recorder,
	ports: ReadonlyMap<string, number>,
): Promise<Listener[]> {
	const opening = [...apps].map(([origin, app]) =>
		listen(app, origin, recorder, ports.get(origin) ?? 0),
	);
	const results = await Promise.allSettled(opening);
	const opened = results.flatMap(result => (result.status === 'fulfilled' ? [result.value] : []));
	const failed = results.find(result => result.status === 'rejected');
	if (failed === undefined) return opened;
	await Promise.all(opened.map(listener => listener.close()));
	await recorder.close();
	throw failed.reason;
}

function portsOf({ports = {}}: StartOptions, {origins}: CompiledScenario): Map<string, number> {
	return new Map(
		Object.entries(ports).map(([documented, port]) => {
			const origin = originOf(documented);
			if (origin === undefined || !origins.includes(origin))
				throw new FollowthroughError(
					'ORIGIN_UNKNOWN',
					`The option ports names "${documented}", which is no origin of the scenario. Its origins are ${origins.join(', ')}.`,
				);
			if (!Number.isInteger(port) || port < 0 || port > 65535)
				throw new FollowthroughError(
					'OPTION_INVALID',
					`The option ports gives ${origin} the port ${String(port)}; expected a whole number from 0 to 65535.`,
				);
			return [origin, port];
		}),
	);
}

function maxExchangesOf({maxExchanges = Number.POSITIVE_INFINITY}: StartOptions): number {
	if (maxExchanges === Number.POSITIVE_INFINITY) return maxExchanges;
	if (Number.isInteger(maxExchanges) && maxExchanges > 0) return maxExchanges;
	throw new FollowthroughError(
		'OPTION_INVALID',
		`The option maxExchanges is ${String(maxExchanges)}; expected a whole number of 1 or more.`,
	);
}
