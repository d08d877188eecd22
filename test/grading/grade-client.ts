import {once} from 'node:events';
import {connect} from 'node:net';
import {inspect} from 'node:util';
import test from 'ava';
import {
	type ClientAdapter,
	gradeClient,
	type ScenarioInput,
	shippedScenarios,
} from '../../src/index.ts';
import {loadScenario} from '../../src/scenario/load.ts';
import {createClient} from '../clients/conforming.ts';
import {deviants} from '../clients/deviants.ts';
import {adapterOf, outcomes} from '../helpers/graded.ts';
import {textOf} from '../helpers/source-files.ts';

const conforming = adapterOf(createClient());
const declining = adapterOf(createClient({limit: 0}));
const few = ['api-move', 'chain-of-three', 'cross-origin'];

test('a conforming client passes all shipped scenarios', async t => {
	const grade = await gradeClient(adapterOf(createClient({limit: 19})));
	t.deepEqual(grade.mend, []);
	t.deepEqual(
		grade.scenarios.filter(({state}) => state !== 'judged'),
		[],
	);
	t.true(grade.passed);
});

test('scenarios stand in the order in which they were asked for, however they end', async t => {
	const slow: ClientAdapter = async call => {
		if (call.scenario === 'api-move') await gradeClient(conforming, {scenarios: few});
		return conforming(call);
	};
	const ended: string[] = [];
	const {scenarios} = await gradeClient(slow, {
		scenarios: few,
		concurrency: 3,
		onScenario: ({scenario}, {done, total}) => {
			ended.push(scenario);
			t.is(done, ended.length);
			t.is(total, 3);
		},
	});
	t.deepEqual(
		scenarios.map(({scenario}) => scenario),
		few,
	);
	t.deepEqual(ended.toSorted(), few);
});

test('a client that follows nothing has declined, which is legal, and no success', async t => {
	const grade = await gradeClient(declining, {scenarios: few});
	t.deepEqual(outcomes(grade), {
		'api-move': 'declined',
		'chain-of-three': 'declined',
		'cross-origin': 'declined',
	});
	t.false(grade.passed);
	t.is(grade.why, 'no follow-up reached the double, in 3 scenarios');
	t.deepEqual(grade.mend, []);
});

test('a client whose error ends every redirect has not passed, and its words are in the reason', async t => {
	const failing: ClientAdapter = async call => {
		await declining(call);
		throw new TypeError('fetch failed', {cause: new Error('the body is gone')});
	};
	const {passed, why, scenarios} = await gradeClient(failing, {scenarios: ['api-move']});
	t.false(passed);
	t.is(
		why,
		'no follow-up reached the double, in 1 scenario; the client says: fetch failed: the body is gone',
	);
	t.deepEqual(scenarios[0]?.calls[0]?.result, {
		ended: 'failed',
		error: 'fetch failed: the body is gone',
	});
});

test('a grading that saw nothing has not passed', async t => {
	const none = await gradeClient(conforming, {scenarios: []});
	t.like(none, {passed: false, why: 'there was no scenario to play'});
	const plain: ScenarioInput = {
		name: 'plain',
		calls: [{request: 'GET http://a.test/'}],
		routes: [{request: 'GET http://a.test/', response: {}}],
	};
	const unseen = await gradeClient(conforming, {scenarios: [plain]});
	t.like(unseen, {passed: false, why: 'no rule was seen, in 1 scenario'});
});

test('a client that declines some redirects and keeps the rules at the others has passed', async t => {
	const some: ClientAdapter = call => (call.scenario === 'api-move' ? declining : conforming)(call);
	const grade = await gradeClient(some, {scenarios: few});
	t.is(outcomes(grade)['api-move'], 'declined');
	t.true(grade.passed);
	t.false('why' in grade);
});

test('the score counts each rule once, at its worst, by level', async t => {
	const client = deviants['body-preserved']?.create() ?? createClient();
	const some: ClientAdapter = call =>
		(call.scenario === 'api-move' ? adapterOf(client) : conforming)(call);
	const {score, rules} = await gradeClient(some, {scenarios: few});
	t.deepEqual(
		score.map(({level}) => level),
		['must', 'should', 'de facto', 'policy'],
	);
	for (const {level, kept, broken, declined, notObserved, seen} of score) {
		t.is(broken, level === 'should' ? 1 : 0);
		t.is(seen, kept + broken);
		t.is(seen + declined + notObserved, rules.filter(rule => rule.level === level).length);
	}
});

test('a client that leaves a circle keeps the rule about it', async t => {
	const grade = await gradeClient(conforming, {scenarios: ['redirect-loop']});
	t.deepEqual(outcomes(grade), {'redirect-loop': 'kept'});
	t.is(grade.rules.find(({rule}) => rule === 'loops-stopped')?.outcome, 'kept');
});

test('a client that breaks a rule is told which, where, and what to mend', async t => {
	const client = deviants['body-preserved']?.create() ?? createClient();
	const grade = await gradeClient(adapterOf(client), {scenarios: few, client: 'forgetful 1.0'});
	t.is(grade.client, 'forgetful 1.0');
	t.false(grade.passed);
	t.deepEqual(outcomes(grade), {
		'api-move': 'broken',
		'chain-of-three': 'broken',
		'cross-origin': 'broken',
	});
	const rule = grade.rules.find(each => each.rule === 'body-preserved');
	t.deepEqual(rule?.broken, few);
	t.is(rule?.outcome, 'broken');
	const [worst] = grade.mend;
	t.is(worst?.harm, 'content is lost, and the client reports success');
	t.is(worst?.rule, 'body-preserved');
	t.is(worst?.example?.actual, 'no body (0 bytes)');
});

test('a client that begins at the temporary address is caught, since it was asked for the original', async t => {
	const client = deviants['original-address-kept-in-use']?.create() ?? createClient();
	const twice: ScenarioInput = {
		name: 'twice',
		calls: [
			{request: 'POST http://api.example.test/v1'},
			{request: 'POST http://api.example.test/v1'},
		],
		routes: [
			{
				request: 'POST http://api.example.test/v1',
				response: {status: 307, headers: {Location: '/v2'}},
			},
			{request: 'POST http://api.example.test/v2', response: {status: 201}},
		],
	};
	const grade = await gradeClient(adapterOf(client), {scenarios: [twice]});
	t.deepEqual(outcomes(grade), {twice: 'broken'});
	t.deepEqual(
		grade.mend.map(({rule}) => rule),
		['original-address-kept-in-use'],
	);
});

test.serial(
	'a client that gives no answer is held up by nobody, and what it sent is judged',
	async t => {
		const hangs: ClientAdapter = async call => {
			await conforming(call);
			return new Promise(() => {});
		};
		const grade = await gradeClient(hangs, {
			scenarios: ['api-move', 'cross-origin'],
			timeout: 2000,
		});
		t.deepEqual(outcomes(grade), {'api-move': 'hung, kept', 'cross-origin': 'hung, kept'});
		t.false(grade.passed);
		t.like(grade.mend[0], {
			harm: 'the client hangs or crashes',
			what: 'the client gave no answer: no answer within 2000 ms',
			scenarios: ['api-move', 'cross-origin'],
		});
	},
);

test('a set-up that failed is none of the client and says why', async t => {
	const silent: ClientAdapter = async () => Promise.reject(new Error('no route to host'));
	const [first] = (await gradeClient(silent, {scenarios: ['api-move']})).scenarios;
	t.is(first?.state, 'set-up failed');
	t.is(
		first?.why,
		'asked for POST https://api.example.test/api/v1/users, the client sent no request; it says: no route to host',
	);
	const asGet: ClientAdapter = call => conforming({...call, method: 'GET'});
	const [second] = (await gradeClient(asGet, {scenarios: ['api-move']})).scenarios;
	t.is(
		second?.why,
		'asked for POST https://api.example.test/api/v1/users, the client sent GET https://api.example.test/api/v1/users',
	);
	const changing: ClientAdapter = call => conforming({...call, body: Uint8Array.of(1, 2, 3)});
	const [third] = (await gradeClient(changing, {scenarios: ['api-move']})).scenarios;
	t.is(
		third?.why,
		'the client sent POST https://api.example.test/api/v1/users with another body than it was given: 3 bytes in the place of 14',
	);
});

test('a scenario that can not be played is a failed set-up, and the others are graded', async t => {
	const grade = await gradeClient(conforming, {
		scenarios: [
			'./api-move.yml',
			{name: 'bare', routes: [{request: 'GET http://a.test/', response: {}}]},
			'api-move',
		],
	});
	t.deepEqual(outcomes(grade), {
		'./api-move.yml': 'set-up failed, not observed',
		bare: 'set-up failed, not observed',
		'api-move': 'kept',
	});
	t.regex(
		grade.why ?? '',
		/^the set-up failed in 2 scenarios; in \.\/api-move\.yml: api-move\.yml can't be read: /,
	);
	t.is(grade.scenarios[1]?.why, 'the scenario has no calls: there is nothing to ask for');
	t.false(grade.passed);
});

test('a name that no shipped scenario has is refused before anything is played', async t => {
	const client: ClientAdapter = async () => t.fail();
	await t.throwsAsync(gradeClient(client, {scenarios: ['api-move', 'api-moves']}), {
		code: 'SCENARIO_UNKNOWN',
		message: /^no shipped scenario is called "api-moves"; did you mean "api-move"/,
	});
});

test('a fault of a scenario that takes several lines to tell is told in one', async t => {
	// @ts-expect-error As JavaScript lets it.
	const faulty: ScenarioInput = {name: 'faulty', routes: [{request: 'GET nowhere'}], title: 7};
	const {why} = await gradeClient(conforming, {scenarios: [faulty]});
	t.regex(
		why ?? '',
		/^the set-up failed in 1 scenario; in faulty: scenario object "faulty" has \d problems:; /,
	);
	t.notRegex(why ?? '', /\n/);
});

test('scenarios can be left out, whatever they were given as', async t => {
	const own = new URL('../../examples/orders-move.yaml', import.meta.url);
	const plain: ScenarioInput = {
		name: 'plain',
		routes: [{request: 'GET http://a.test/', response: {}}],
	};
	const except = ['api-move', 'orders-move', 'plain', 'delete-move'];
	const grade = await gradeClient(conforming, {
		scenarios: ['api-move', own, plain, 'cross-origin'],
		except,
	});
	t.deepEqual(outcomes(grade), {'cross-origin': 'kept'});
});

test('of all shipped scenarios some can be left out', async t => {
	const left = (await shippedScenarios()).map(({name}) => name).filter(name => name !== 'api-move');
	t.deepEqual(outcomes(await gradeClient(conforming, {except: left})), {'api-move': 'kept'});
});

test('a misspelt name among those to leave out is refused', async t => {
	await t.throwsAsync(gradeClient(conforming, {except: ['api-moves']}), {
		code: 'SCENARIO_UNKNOWN',
		message:
			'The option except of gradeClient leaves out "api-moves", which no scenario is called; did you mean "api-move"?',
	});
});

test('a client may do with the body that it gets what it likes, when it has sent it', async t => {
	const taking: ClientAdapter = async call => {
		const answer = await conforming(call);
		if (call.body) structuredClone(call.body, {transfer: [call.body.buffer]});
		t.falsy(call.body?.length);
		return answer;
	};
	const grade = await gradeClient(taking, {scenarios: ['api-move']});
	t.is(grade.why, undefined);
});

test('an adapter that resolves with what is no answer is a failed set-up', async t => {
	// @ts-expect-error As JavaScript lets it.
	const client: ClientAdapter = async call => {
		await conforming(call);
		return 'ok';
	};
	const grade = await gradeClient(client, {scenarios: ['api-move']});
	t.deepEqual(outcomes(grade), {'api-move': 'set-up failed, kept'});
	t.regex(grade.scenarios[0]?.why ?? '', /^the adapter resolved with the string ok; expected/);
	t.regex(
		grade.why ?? '',
		/^the set-up failed in 1 scenario; in api-move: the adapter resolved with the string ok; expected/,
	);
});

test('a listener that fails is warned of, and costs no grade', async t => {
	const warned = new Promise<string>(resolve =>
		process.once('warning', ({message}) => resolve(message)),
	);
	const grade = await gradeClient(conforming, {
		scenarios: few,
		onScenario: () => {
			throw new Error('the disk is full');
		},
	});
	t.is(grade.scenarios.length, 3);
	t.is(await warned, 'onScenario failed, and the grading goes on: Error: the disk is full');
});

test('a grading that is aborted ends with the reason, and leaves no double open', async t => {
	const ending = new AbortController();
	const reason = new Error('the user has gone home');
	const closed: Promise<unknown>[] = [];
	const told: string[] = [];
	const client: ClientAdapter = async ({url, signal, scenario}) => {
		signal.addEventListener('abort', () => told.push(scenario));
		const socket = connect(Number(new URL(url).port), '127.0.0.1').on('error', () => undefined);
		await once(socket, 'connect');
		closed.push(new Promise(resolve => socket.on('close', resolve)));
		if (closed.length === 2) ending.abort(reason);
		return new Promise(() => {});
	};
	const graded = gradeClient(client, {scenarios: few, concurrency: 2, signal: ending.signal});
	t.is(await t.throwsAsync(graded), reason);
	t.deepEqual(told.toSorted(), ['api-move', 'chain-of-three']);
	await Promise.all(closed);
	await t.throwsAsync(gradeClient(client, {scenarios: few, signal: ending.signal}), {is: reason});
	t.is(closed.length, 2);
});

for (const [client, words] of [
	[undefined, 'undefined'],
	[null, 'null'],
	['curl', '"curl"'],
	[{get: fetch, post: fetch}, 'an object with get, post'],
	[[], 'a list'],
] as const)
	test(`gradeClient refuses ${words} as a client`, async t => {
		// @ts-expect-error As JavaScript lets it.
		await t.throwsAsync(gradeClient(client), {
			code: 'OPTION_INVALID',
			message: `The client of gradeClient is ${words}; expected a function that makes one call and resolves with its status, such as ({url, method, headers, body}) => fetch(url, {method, headers: Object.fromEntries(headers), body: body ? new Blob([body]) : null}).`,
		});
	});

for (const [options, message] of [
	[
		{scenarios: 'api-move'},
		'scenarios of gradeClient is "api-move"; expected a list of names, paths, URLs or scenarios, such as ["api-move", "./my-move.yaml"]',
	],
	[
		{scenarios: [null]},
		'scenarios of gradeClient is a list of other things; expected a list of names, paths, URLs or scenarios, such as ["api-move", "./my-move.yaml"]',
	],
	[
		{scenarios: ['api-move', {routes: []}]},
		'scenarios of gradeClient is a list of other things; expected a list of names, paths, URLs or scenarios, such as ["api-move", "./my-move.yaml"]',
	],
	[
		{except: 'api-move'},
		'except of gradeClient is "api-move"; expected a list of names, such as ["s3-documented"]',
	],
	[{client: 7}, 'client of gradeClient is 7; expected a name'],
	[{onScenario: {}}, 'onScenario of gradeClient is an object; expected a function'],
	[{signal: new AbortController()}, 'signal of gradeClient is an object; expected an AbortSignal'],
] as const)
	test(`gradeClient refuses the option ${inspect(options)}`, async t => {
		// @ts-expect-error As JavaScript lets it.
		const graded = gradeClient(conforming, options);
		await t.throwsAsync(graded, {code: 'OPTION_INVALID', message: `The option ${message}.`});
	});

for (const [options, message] of [
	[{timeout: 0}, 'The option timeout is 0; expected a whole number, 1 or more.'],
	[{concurrency: 1.5}, 'The option concurrency is 1.5; expected a whole number, 1 or more.'],
] as const)
	test(`gradeClient refuses ${JSON.stringify(options)}`, async t => {
		await t.throwsAsync(gradeClient(conforming, options), {code: 'OPTION_INVALID', message});
	});

test('of a request that no call asked for it is not said that it may be a call of its own', async t => {
	// Only its address ties the follow-up to the redirect.
	const client: ClientAdapter = async ({method, url, headers, body}) => {
		const init = {method, headers: Object.fromEntries(headers), body: body ?? null};
		const redirect = await fetch(url, {...init, redirect: 'manual'});
		await redirect.arrayBuffer();
		const to = new URL(redirect.headers.get('location') ?? '', url);
		return fetch(to, {headers: {Connection: 'close'}});
	};
	const {mend} = await gradeClient(client, {scenarios: ['cross-origin']});
	const example = mend.find(({rule}) => rule === 'method-preserved')?.example;
	t.is(example?.actual, 'GET');
	t.notRegex(example?.cause ?? '', /call of its own/);
});

test('the page on grading names all scenarios that ask for Expect', async t => {
	const names = (await shippedScenarios()).map(({name}) => name);
	const loaded = await Promise.all(names.map(name => loadScenario(name)));
	const asking = loaded.filter(({scenario}) =>
		scenario.calls.some(({headers = {}}) => Object.keys(headers).some(isExpect)),
	);
	const [, list = ''] = /ask for it: ([^.]*)\./.exec(textOf('docs/api.md')) ?? [];
	t.deepEqual(
		[...list.matchAll(/`([^`]+)`/g)].map(([, name]) => name),
		asking.map(({scenario}) => scenario.name).toSorted(),
	);
});

function isExpect(name: string): boolean {
	return name.toLowerCase() === 'expect';
}
