import {Addresses} from '../../src/app/addresses.ts';
import type {AppParts} from '../../src/app/parts.ts';
import {Production} from '../../src/app/production.ts';
import {Recorder} from '../../src/journal/recorder.ts';
import {compileScenarios} from '../../src/scenario/compile-scenarios.ts';
import {loadScenario} from '../../src/scenario/load.ts';
import type {ScenarioInput} from '../../src/scenario/types.ts';

/** What the apps of a double share, for a scenario that is played behind a door of the test's own. */
export async function appPartsOf(source: string | ScenarioInput): Promise<AppParts> {
	const compiled = compileScenarios([await loadScenario(source)]);
	const {scenario} = compiled;
	const recorder = new Recorder({
		callFields: scenario.callHeaders,
		maxExchanges: Number.POSITIVE_INFINITY,
		checkJson: async () => [],
	});
	return {recorder, stage: {production: new Production(compiled, new Addresses())}};
}
