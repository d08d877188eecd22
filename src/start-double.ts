import {Addresses} from './app/addresses.ts';
import {Apps} from './app/apps.ts';
import {Production, type Stage} from './app/production.ts';
import {createAuthority} from './doors/authority.ts';
import {AuthorityOnDemand} from './doors/authority-on-demand.ts';
import {bindingOf, hostsOf} from './doors/binding.ts';
import {Doors} from './doors/doors.ts';
import type {Double} from './double.ts';
import {Recorder, type RecorderOptions} from './journal/recorder.ts';
import {RunningDouble} from './running-double.ts';
import type {CompiledScenario} from './scenario/compiled.ts';
import {assertKnownNames} from './scenario/known-names.ts';
import {readSource, type ScenarioSource} from './scenario-source.ts';
import {
	hostOptionsOf,
	maxBodySizeOf,
	maxExchangesOf,
	portsOf,
	proxyPortOf,
	type StartOptions,
	tlsOf,
} from './start-options.ts';
import {checkEnforced} from './verdict/enforced.ts';

export type {ScenarioSource} from './scenario-source.ts';
export type {StartOptions} from './start-options.ts';

const optionNames = [
	'ports',
	'host',
	'advertise',
	'proxyPort',
	'tls',
	'maxExchanges',
	'maxBodySize',
];

/**
 * Starts a double, on loopback unless told: one listener for each origin of the scenario.
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
	assertKnownNames('startDouble', options, optionNames);
	return startCompiled(await readSource(source), options);
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
	const ports = portsOf(options, compiled);
	const proxyPort = proxyPortOf(options);
	const tls = tlsOf(options);
	const kept = {maxExchanges: maxExchangesOf(options), maxBodySize: maxBodySizeOf(options)};
	const {host, advertise} = hostOptionsOf(options);
	const binding = await bindingOf(host, advertise);
	const recorder = new Recorder({
		callFields: compiled.scenario.callHeaders,
		...kept,
		...use,
		checkJson: async (schema, data) =>
			(await import('./scenario/check-json.ts')).checkJson(schema, data),
	});
	// Nobody knows the addresses before the doors are open.
	const stage: Stage = {production: new Production(compiled, new Addresses())};
	const apps = new Apps({recorder, stage});
	const authority = new AuthorityOnDemand(() => createAuthority(hostsOf(binding)));
	const parts = {recorder, stage, apps, authority};
	try {
		const doors = await Doors.open({...parts, binding, tls}, ports, proxyPort);
		return new RunningDouble({...parts, doors});
	} catch (error) {
		await Promise.all([recorder.close(), authority.close()]);
		throw error;
	}
}
