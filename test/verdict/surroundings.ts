import test from 'ava';
import {type ScenarioInput, startDouble} from '../../src/index.ts';
import {surroundingsOf} from '../../src/verdict/surroundings.ts';
import {ask} from '../helpers/raw-client.ts';

const api = 'https://api.example.test';
const scenario: ScenarioInput = {
	name: 'move',
	routes: [
		{request: `GET ${api}/v1`, response: {status: 307, headers: {Location: '/v2'}}},
		{request: `GET ${api}/v2`, response: {status: 200}},
	],
};

test('whether a redirect caused a request is known before and after all hops are listed', async t => {
	await using double = await startDouble(scenario);
	for (const path of ['/v1', '/v2', '/v2'])
		await ask(double.url, [`GET ${path} HTTP/1.1`, 'Host: h']);
	const surroundings = surroundingsOf(double.scenario, double.journal);
	const followUps = () => surroundings.exchanges.filter(each => surroundings.isFollowUp(each));
	const before = followUps();
	t.is(surroundings.hops.length, 1);
	t.deepEqual(
		before.map(({number}) => number),
		[2],
	);
	t.deepEqual(followUps(), before);
});

test('a follow-up whose redirect was dropped is still none of the calls', async t => {
	await using double = await startDouble(scenario, {maxExchanges: 1});
	for (const path of ['/v1', '/v2']) await ask(double.url, [`GET ${path} HTTP/1.1`, 'Host: h']);
	await double.settle({quiet: 1});
	const surroundings = surroundingsOf(double.scenario, double.journal);
	t.is(surroundings.hops.length, 0);
	t.deepEqual(
		surroundings.exchanges.map(each => [each.number, surroundings.isFollowUp(each)]),
		[[2, true]],
	);
});
