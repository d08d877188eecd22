import {Apps} from '../../src/app/apps.ts';
import {type Authority, createAuthority} from '../../src/doors/authority.ts';
import {loopback} from '../../src/doors/binding.ts';
import {openProxy} from '../../src/doors/proxy.ts';
import type {Exchange} from '../../src/journal/exchange.ts';
import type {Recorder} from '../../src/journal/recorder.ts';
import type {ScenarioInput} from '../../src/scenario/types.ts';
import {judge} from '../../src/verdict/judge.ts';
import {surroundingsOf} from '../../src/verdict/surroundings.ts';
import type {Verdict} from '../../src/verdict/verdict.ts';
import {appPartsOf} from './app-parts.ts';

/** A scenario with no door but the proxy. */
export interface Proxied extends AsyncDisposable {
	/** The proxy's URL. */
	readonly url: string;
	readonly journal: Recorder;
	/** Whether the CA was asked for so far. */
	readonly isAuthorityMade: boolean;
	authority(): Promise<Authority>;
	/** The next exchange that is over, after `seen` others. */
	exchange(seen?: number): Promise<Exchange>;
	verdict(): Verdict;
	close(): Promise<void>;
}

/** Plays a scenario behind a proxy alone: nothing else is open. */
export async function openProxied(
	source: string | ScenarioInput,
	makeAuthority: () => Promise<Authority> = createAuthority,
): Promise<Proxied> {
	const parts = await appPartsOf(source);
	const {recorder} = parts;
	const {scenario} = parts.stage.production.compiled;
	let made: Promise<Authority> | undefined;
	const authority = () => {
		made ??= makeAuthority();
		return made;
	};
	const proxy = await openProxy({
		...parts,
		apps: new Apps(parts),
		authority,
		binding: loopback,
		port: 0,
	});
	const close = async () => {
		await proxy.close();
		await recorder.close();
	};
	return {
		url: proxy.url,
		journal: recorder,
		get isAuthorityMade() {
			return made !== undefined;
		},
		authority,
		exchange: (seen = 0) => recorder.waitFor(({number}) => number === seen + 1),
		verdict: () => judge(surroundingsOf(scenario, recorder)),
		close,
		[Symbol.asyncDispose]: close,
	};
}
