// Fields that say when and how a response is sent: what is taken, what it means, and that all is taken or refused.
import {fileURLToPath} from 'node:url';
import test from 'ava';
import fc from 'fast-check';
import {ScenarioError} from '../../src/errors.ts';
import {checkScenario} from '../../src/scenario/check.ts';
import {compileScenario} from '../../src/scenario/compile.ts';
import type {CompiledResponse} from '../../src/scenario/compiled.ts';
import {noPositions} from '../../src/scenario/positions.ts';
import {anyRequest, anyResponse, origin} from '../helpers/any-responses.ts';

const folder = fileURLToPath(new URL('./files/', import.meta.url));

/** The response as it is played, for a route of any kind. */
async function compiled(
	response: object,
	request: unknown = `PUT ${origin}/up/:id`,
): Promise<CompiledResponse> {
	const data = {name: 'wire', routes: [{request, response}]};
	const loaded = await checkScenario(data, {file: 'wire.yaml', folder}, noPositions);
	const [route] = compileScenario(loaded).routes;
	if (route === undefined || typeof route.answers === 'function') throw new Error('no response');
	const [first] = route.answers.responses;
	if (first === undefined) throw new Error('no response');
	return first;
}

test('a response that says nothing of time and pace is sent after the body, as fast as it goes', async t => {
	const {answerAfter, afterwards, interim, pace, ...rest} = await compiled({});
	t.is(answerAfter, Number.POSITIVE_INFINITY);
	t.is(afterwards, 'keep-alive');
	t.deepEqual(interim, []);
	t.deepEqual(pace, {
		bodyDelay: 0,
		bytesPerSecond: Number.POSITIVE_INFINITY,
		packetSize: Number.POSITIVE_INFINITY,
	});
	t.false('expectation' in rest || 'fault' in rest);
});

for (const {response, meaning} of [
	{response: {answer: 'after-body'}, meaning: {answerAfter: Number.POSITIVE_INFINITY}},
	{response: {answer: 'before-body'}, meaning: {answerAfter: 0}},
	{response: {answer: {afterBytes: 9}}, meaning: {answerAfter: 9}},
	{response: {afterwards: 'stop-reading'}, meaning: {afterwards: 'stop-reading' as const}},
	{response: {continue: 'withhold'}, meaning: {expectation: 'withhold' as const}},
	{
		response: {text: 'a', bodyDelay: 5, bytesPerSecond: 6, packetSize: 7},
		meaning: {pace: {bodyDelay: 5, bytesPerSecond: 6, packetSize: 7}},
	},
	{
		response: {fault: 'reset-in-head'},
		meaning: {fault: {kind: 'reset-in-head' as const}, afterwards: 'reset' as const},
	},
	{
		response: {fault: {truncateAfter: 2}, text: 'abc', bytesPerSecond: 1},
		meaning: {fault: {kind: 'truncated' as const, after: 2}, afterwards: 'close' as const},
	},
	{
		response: {fault: {garbage: 'é'}, delay: 1, interim: [{status: 103}]},
		meaning: {
			fault: {kind: 'garbage' as const, bytes: Buffer.from('é')},
			afterwards: 'close' as const,
		},
	},
])
	test(`the meaning of ${JSON.stringify(response)}`, async t => {
		t.like(await compiled(response), meaning);
	});

test('a body that parameters make a part of may be cut off anywhere, and slowed down', async t => {
	const {fault} = await compiled({fault: {truncateAfter: 900}, text: ':id', bodyDelay: 1});
	t.deepEqual(fault, {kind: 'truncated', after: 900});
});

test('an interim response has header lines of its own, placeholders filled in', async t => {
	const headers = {Link: ['</a>', '</b>'], Location: '/decoy/:id'};
	const {interim} = await compiled({interim: [{status: 103, headers}, {status: 102}]});
	t.deepEqual(
		interim.map(({status, headers: lines}) => [status, lines({id: 'x'})]),
		[
			[
				103,
				[
					['Link', '</a>'],
					['Link', '</b>'],
					['Location', '/decoy/x'],
				],
			],
			[102, []],
		],
	);
});

test('bytes of a header go to the wire as they are, one character each, and hold no placeholder', async t => {
	const bytes = {base64: Buffer.from([0xff, 0x01, 0x3a, 0x69, 0x64]).toString('base64')};
	const {headers} = await compiled({headers: {Location: bytes, 'X-List': ['é', bytes, 5]}});
	t.deepEqual(headers({id: 'x'}), [
		['Location', '\xff\x01:id'],
		['X-List', '\xc3\xa9'],
		['X-List', '\xff\x01:id'],
		['X-List', '5'],
	]);
});

test('a Content-Length may be written, and need not be right', async t => {
	for (const length of [0, '0', 12, '99999999999999999999']) {
		const {headers} = await compiled({text: 'abc', headers: {'content-length': length}});
		t.deepEqual(headers({}), [['content-length', String(length)]]);
	}
});

test('a route that reads the body takes a response that waits for it', async t => {
	const request = {url: `${origin}/`, json: {a: 1}};
	t.is((await compiled({answer: 'after-body'}, request)).answerAfter, Number.POSITIVE_INFINITY);
	t.is((await compiled({continue: 'send'}, request)).expectation, 'send');
});

test('a response is early beside routes that read the body of other requests, or come later', async t => {
	const response = {answer: 'before-body', continue: 'withhold'};
	const reader = (method: string, path: string, more: object = {}) => ({
		request: {method, url: `${origin}${path}`, json: 1},
		response: {},
		...more,
	});
	const routes = [
		reader('POST', '/a'),
		reader('PUT', '/b'),
		reader('PUT', '/a', {phase: 'one'}),
		{request: `PUT ${origin}/b/c`, response: () => {}},
		{request: `PUT ${origin}/a`, phase: 'two', response},
		{request: `PUT ${origin}/a`, response},
		reader('*', '/:any'),
	];
	const data = {name: 'early', phases: ['one', 'two'], routes};
	await t.notThrowsAsync(checkScenario(data, {file: 'early.yaml', folder}, noPositions));
});

test('a response is not early behind a handler, which has the whole body', async t => {
	const request = {url: `${origin}/a`, headers: {'X-A': true}};
	const routes = [
		{request, response: () => {}},
		{request: `PUT ${origin}/a`, response: {answer: 'before-body'}},
	];
	const error = await t.throwsAsync(
		checkScenario({name: 'late', routes}, {file: 'late.ts', folder}, noPositions),
		{instanceOf: ScenarioError},
	);
	t.like(error?.problems[0], {path: '/routes/1/response/answer'});
});

test('an object in the place of a word is refused, whatever is in it', async t => {
	for (const afterwards of [{toString: ''}, {valueOf: 1, toString: null}, null, []])
		await t.throwsAsync(compiled({afterwards}), {
			instanceOf: ScenarioError,
			message: /expected "keep-alive", "close"/,
		});
});

test('any response is compiled and gives its lines and its body, or is refused with reasons', async t => {
	let taken = 0;
	await fc.assert(
		fc.asyncProperty(anyResponse, anyRequest, async (response, request) => {
			try {
				const {headers: lines, body, interim} = await compiled(response, request);
				taken += 1;
				const values = [lines, ...interim.map(each => each.headers)].flatMap(make =>
					make({id: 'x'}),
				);
				t.true(values.every(([, value]) => /^[^\0\r\n\u{100}-\u{10ffff}]*$/u.test(value)));
				t.truthy(body({id: 'x'}).content);
			} catch (error) {
				if (!(error instanceof ScenarioError)) throw error;
				t.true(error.problems.length > 0);
			}
		}),
		{numRuns: 2000},
	);
	t.true(taken > 200, `only ${taken} were taken`);
});
