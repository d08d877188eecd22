import {setTimeout as wait} from 'node:timers/promises';
import test from 'ava';
import {FollowthroughError} from '../../src/errors.ts';
import {askClient} from '../../src/grading/ask-client.ts';
import type {ClientAdapter} from '../../src/grading/client-adapter.ts';
import type {CallResult} from '../../src/grading/grade.ts';

const call = {
	method: 'GET',
	url: 'http://127.0.0.1:1/',
	documented: 'http://api.example.test/',
	headers: [],
	scenario: 'any',
};
const long = {timeout: 60_000};
const short = {timeout: 5};

/** What a client does, and what is said of it. */
const endings: readonly (readonly [does: string, client: ClientAdapter, result: CallResult])[] = [
	['resolves with a status', async () => ({status: 201}), {ended: 'answered', status: 201}],
	['resolves with a Fetch response', async () => Response.error(), {ended: 'answered', status: 0}],
	['resolves with nothing', async () => undefined, {ended: 'answered'}],
	[
		'rejects',
		async () => Promise.reject(new Error('too many redirects')),
		{ended: 'failed', error: 'too many redirects'},
	],
	[
		'rejects with a cause',
		async () => Promise.reject(new TypeError('fetch failed', {cause: new Error('redirect count')})),
		{ended: 'failed', error: 'fetch failed: redirect count'},
	],
	['rejects with no error', async () => Promise.reject('no'), {ended: 'failed', error: 'no'}],
	[
		'throws at once',
		() => {
			throw new Error('no such method');
		},
		{ended: 'failed', error: 'no such method'},
	],
	[
		'tells a secret in its error',
		async () => Promise.reject(new Error('no answer from http://a.test/?token=hunter2\n')),
		{ended: 'failed', error: 'no answer from http://a.test/?token=***\\n'},
	],
	[
		'rejects with an error without words',
		async () => Promise.reject(new TypeError()),
		{ended: 'failed', error: 'TypeError'},
	],
	[
		'says that it crashed',
		async () => Promise.reject(new FollowthroughError('CLIENT_CRASHED', 'signal SIGSEGV')),
		{ended: 'crashed', error: 'signal SIGSEGV'},
	],
];

for (const [does, client, result] of endings)
	test(`a client that ${does} has ${result.ended}`, async t => {
		t.deepEqual(await askClient(client, call, long), result);
	});

const misuses: readonly (readonly [answer: unknown, words: string])[] = [
	['ok', 'string ok'],
	[204, 'number 204'],
	[{status: '200'}, 'string 200 as its status'],
	[{status: Number.NaN}, 'number NaN as its status'],
];

for (const [answer, words] of misuses)
	test(`an adapter that resolves with the ${words} has misreported`, async t => {
		// @ts-expect-error As JavaScript lets it.
		const client: ClientAdapter = async () => answer;
		t.deepEqual(await askClient(client, call, long), {
			ended: 'misreported',
			error: `the adapter resolved with the ${words}; expected nothing, or an object whose status is a whole number, such as {status: 201}`,
		});
	});

for (const answer of [null, {}])
	test(`an adapter that resolves with ${JSON.stringify(answer)} says no status`, async t => {
		// @ts-expect-error As JavaScript lets it.
		const client: ClientAdapter = async () => answer;
		t.deepEqual(await askClient(client, call, long), {ended: 'answered'});
	});

test('a call whose grading is ended is not waited for, and its client is told', async t => {
	const ending = new AbortController();
	let isTold = false;
	const client: ClientAdapter = ({signal}) =>
		new Promise(() => {
			signal.addEventListener('abort', () => {
				isTold = true;
			});
			ending.abort();
		});
	await askClient(client, call, {...long, signal: ending.signal});
	t.true(isTold);
});

test('a client that gives no answer in time hangs, and is told that its time is over', async t => {
	let isTold = false;
	const client: ClientAdapter = ({signal}) =>
		new Promise(() => {
			signal.addEventListener('abort', () => {
				isTold = true;
			});
		});
	t.deepEqual(await askClient(client, call, short), {ended: 'hung', milliseconds: 5});
	t.true(isTold);
});

test('what a client does when its time is over counts for nothing', async t => {
	const client: ClientAdapter = async ({signal}) => {
		await wait(long.timeout, undefined, {signal});
		return {status: 200};
	};
	t.is((await askClient(client, call, short)).ended, 'hung');
	// The rejection of the client comes now, and must not end the process.
	await wait(5);
});
