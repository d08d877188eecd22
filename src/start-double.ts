import {Addresses} from './app/addresses.ts';
import {createApp, type DoubleApp} from './app/app.ts';
import type {AppParts} from './app/parts.ts';
import {Playback} from './app/playback.ts';
import {AuthorityOnDemand} from './doors/authority-on-demand.ts';
import {type Listener, listen} from './doors/listen.ts';
import {type ForwardProxy, openProxy} from './doors/proxy.ts';
import type {Double} from './double.ts';
import {Recorder, type RecorderOptions} from './journal/recorder.ts';
import {RunningDouble} from './running-double.ts';
import {compileScenarios} from './scenario/compile-scenarios.ts';
import type {CompiledScenario} from './scenario/compiled.ts';
import {assertKnownNames} from './scenario/known-names.ts';
import {loadScenario} from './scenario/load.ts';
import type {ScenarioInput} from './scenario/types.ts';
import {maxBodySizeOf, maxExchangesOf, portsOf, type StartOptions, tlsOf} from './start-options.ts';
import {checkEnforced} from './verdict/enforced.ts';

export type {StartOptions} from './start-options.ts';

/** A scenario to play: the name of a shipped one, the path or file URL of a file, or an object. */
export type ScenarioSource = string | URL | ScenarioInput;

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
	assertKnownNames('startDouble', options, ['ports', 'tls', 'maxExchanges', 'maxBodySize']);
	const sources: readonly ScenarioSource[] = isList(source) ? source : [source];
	const loaded = await Promise.all(sources.map(each => loadScenario(each)));
	return startCompiled(compileScenarios(loaded), options);
}

/**
 * As `startDouble`, for a scenario that was read before.
 *
 * @param use `oneCallAtATime` where one client makes one call after another, and `settle` is asked after each
 */
export async function startCompiled(
	compiled: CompiledScenario,
	options: StartOptions,
	use: Pick<RecorderOptions, 'oneCallAtATime'> = {},
): Promise<Double> {
	checkEnforced(compiled.scenario);
	const listening = {ports: portsOf(options, compiled), tls: tlsOf(options)};
	const recorder = new Recorder({
		callFields: compiled.scenario.callHeaders,
		maxExchanges: maxExchangesOf(options),
		maxBodySize: maxBodySizeOf(options),
		...use,
		checkJson: async (schema, data) =>
			(await import('./scenario/check-json.ts')).checkJson(schema, data),
	});
	return open(compiled, recorder, listening);
}

function isList(
	source: ScenarioSource | readonly ScenarioSource[],
): source is readonly ScenarioSource[] {
	return Array.isArray(source);
}

async function open(
	compiled: CompiledScenario,
	recorder: Recorder,
	listening: Listening,
): Promise<Double> {
	const {scenario, origins} = compiled;
	const addresses = new Addresses();
	const playback = new Playback(compiled);
	const locations = {addresses, tagged: scenario.links === 'tagged'};
	const parts = {compiled, recorder, playback, locations};
	const apps = new Map(origins.map(origin => [origin, createApp(origin, parts)]));
	const authority = new AuthorityOnDemand();
	const {listeners, proxy} = await openDoors({...parts, ...listening, apps, authority});
	for (const [index, origin] of origins.entries()) {
		const listener = listeners[index];
		if (listener) addresses.set(origin, listener.url);
	}
	const [app] = apps.values();
	const url = listeners[0]?.url;
	if (app === undefined || url === undefined) throw new Error('A scenario has at least one route.');
	const first = {app, url};
	const doors = {listeners, proxy, authority};
	return new RunningDouble({scenario, recorder, playback, addresses, apps, ...doors, first});
}

/** How the listeners are to be opened. */
interface Listening {
	readonly ports: ReadonlyMap<string, number>;
	readonly tls: boolean;
}

/** What the doors of a double lead to. */
interface DoorParts extends AppParts, Listening {
	readonly apps: ReadonlyMap<string, DoubleApp>;
	readonly authority: AuthorityOnDemand;
}

/** All doors or none: when one can't be opened, the others are closed again. */
async function openDoors(parts: DoorParts): Promise<{listeners: Listener[]; proxy: ForwardProxy}> {
	const {apps, authority, recorder} = parts;
	const opening = [
		openProxy({...parts, authority: () => authority.get()}),
		...[...apps].map(([origin, app]) => openListener(origin, app, parts)),
	] as const;
	const results = await Promise.allSettled(opening);
	try {
		const [proxy, ...listeners] = await Promise.all(opening);
		return {listeners, proxy};
	} catch (error) {
		const opened = results.flatMap(each => (each.status === 'fulfilled' ? [each.value] : []));
		await Promise.all(opened.map(door => door.close()));
		await Promise.all([recorder.close(), authority.close()]);
		throw error;
	}
}

async function openListener(
	origin: string,
	app: DoubleApp,
	{authority, ports, recorder, tls}: DoorParts,
): Promise<Listener> {
	const address = {app, origin, recorder, port: ports.get(origin) ?? 0};
	if (!origin.startsWith('https:')) return listen(address);
	const leafOnDemand = async () => (await authority.get()).leafFor(new URL(origin).hostname);
	return listen(tls ? {...address, leaf: await leafOnDemand()} : {...address, leafOnDemand});
}
