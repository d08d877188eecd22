/** The product: everything recorded, hashed and linked. */
import {fileURLToPath} from 'node:url';
import type * as Followthrough from '../../src/index.ts';
import {builtIndex, sourceIndex} from '../paths.ts';
import {firstPath, scenario, secondPath} from '../task.ts';
import {serve} from './child.ts';
import {versionOf} from './peer.ts';

/** A profile is to name the file of each function. */
const profiled = process.execArgv.includes('--cpu-prof');

await serve(async mode => {
	const {startDouble}: typeof Followthrough = await import(profiled ? sourceIndex : builtIndex);
	const double = await startDouble(mode === 'pairs' ? scenario : uploadScenario(mode));
	return {
		port: Number(new URL(double.url).port),
		version: versionOf('followthrough/..', fileURLToPath(new URL('../..', import.meta.url))),
		recorded: async () => {
			await allSealed(double);
			return double.exchanges.length;
		},
		check: pairs => checkHops(double, pairs),
		reset: () => double.reset(),
		stop: () => double.close(),
		judge: () => {
			const {hops, broken, dropped} = double.verdict();
			if (broken.length > 0 || dropped > 0)
				throw new Error(`${broken.length} broken (${broken[0]?.rule}), ${dropped} dropped.`);
			return hops.followed;
		},
	};
});

/** A response is out a little before its exchange is sealed. */
async function allSealed(double: Followthrough.Double): Promise<void> {
	while (!double.exchanges.every(({sealed}) => sealed)) await double.settle({quiet: 10});
}

/** Every redirect is a hop, linked to a follow-up, and every body is kept and whole. */
function checkHops(double: Followthrough.Double, pairs: number): void {
	const hops = double.journal.hops();
	const linked = hops.filter(({followUp, link}) => followUp !== undefined && link !== undefined);
	if (hops.length !== pairs || linked.length !== pairs)
		throw new Error(`Of ${pairs} pairs, ${hops.length} are hops and ${linked.length} linked.`);
	const early = double.exchanges.filter(({request}) => request.afterAnswer !== undefined);
	const kept = double.exchanges.filter(({request, response}) => {
		const {complete, kept, size, sha256} = request.body;
		return complete && kept === size && sha256.length === 64 && response?.complete;
	});
	const whole = kept.length + early.filter(({request}) => !request.body.complete).length;
	if (whole !== double.exchanges.length)
		throw new Error(`Of ${double.exchanges.length} exchanges, ${whole} are kept whole.`);
}

/** To a client that expects 100, a redirect is sent in place of it, unless the scenario has it otherwise. */
function uploadScenario(mode: string): Followthrough.ScenarioInput {
	const origin = 'http://api.example.test';
	return {
		name: 'redirected-upload',
		routes: [
			{
				request: `PUT ${origin}${firstPath}`,
				response: {
					status: 307,
					headers: {Location: secondPath},
					...(mode === 'early' && {answer: 'before-body'}),
				},
			},
			{request: `PUT ${origin}${secondPath}`, response: {status: 201}},
		],
	};
}
