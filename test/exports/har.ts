import {Ajv} from 'ajv';
import test from 'ava';
import type {Double} from '../../src/double.ts';
import {exportDouble} from '../../src/index.ts';
import {awkwardDouble, binary, secret} from '../helpers/awkward-traffic.ts';
import {harSchema} from '../helpers/har-schema.ts';

interface Pair {
	readonly name: string;
	readonly value: string;
}

/** What the tests look at in an entry. */
interface Entry {
	readonly startedDateTime: string;
	readonly time: number;
	readonly request: {
		readonly method: string;
		readonly url: string;
		readonly httpVersion: string;
		readonly cookies: readonly Pair[];
		readonly headers: readonly Pair[];
		readonly queryString: readonly Pair[];
		readonly postData?: {
			readonly text: string;
			readonly comment?: string;
			readonly _encoding?: string;
		};
		readonly bodySize: number;
	};
	readonly response: {
		readonly status: number;
		readonly cookies: readonly unknown[];
		readonly headers: readonly Pair[];
		readonly redirectURL: string;
		readonly comment?: string;
	};
	readonly timings: {readonly send: number; readonly wait: number};
	readonly comment?: string;
	readonly _followthrough: Readonly<Record<string, unknown>>;
}

const validate = new Ajv({allErrors: true, strictTypes: false}).compile(harSchema);

const both = (async () => {
	const double = await awkwardDouble();
	const began = double.journal.startedAt;
	const masked = await exportDouble(double, 'har');
	const shown = await exportDouble(double, 'har', {secrets: 'shown'});
	const {exchanges} = double;
	const after = await closed(double);
	return {masked, shown, after, began, exchanges};
})();

async function closed(double: Double): Promise<string> {
	await double.close();
	return exportDouble(double, 'har', {secrets: 'shown'});
}

async function entriesOf(which: 'masked' | 'shown'): Promise<Entry[]> {
	return JSON.parse((await both)[which]).log.entries;
}

for (const which of ['masked', 'shown', 'after'] as const)
	test(`an archive with secrets ${which} has the fields of HAR 1.2, whatever came`, async t => {
		const archive: unknown = JSON.parse((await both)[which]);
		t.true(validate(archive), JSON.stringify(validate.errors, null, 1));
	});

test('there is an entry for each exchange, in order, at its documented URL', async t => {
	const entries = await entriesOf('shown');
	t.deepEqual(
		entries.map(({request}) => `${request.method} ${request.url}`),
		[
			'POST https://api.example.test/users?token=hidden',
			'POST https://api.example.test/v2/users?sig=hidden',
			'PUT https://api.example.test/stored',
			'PUT https://api.example.test/stored',
			'PUT https://api.example.test/early',
			'GET https://api.example.test/broken',
			'GET https://api.example.test/cut',
			'GET https://api.example.test/no-such?q=%25zz&q=a+b',
			'OPTIONS https://api.example.test',
			' https://api.example.test/',
			'GET https://other.example.test/x',
			'CONNECT https://other.example.test/',
			'PUT https://api.example.test/stored',
		],
	);
	const {exchanges} = await both;
	t.deepEqual(
		entries.map(entry => entry._followthrough['exchange']),
		exchanges.map(({number}) => number),
	);
});

test('local addresses are told as the documented ones', async t => {
	const [first] = await entriesOf('shown');
	const value = (lines: readonly Pair[] = [], name: string) =>
		lines.find(each => each.name === name)?.value;
	t.is(value(first?.request.headers, 'Host'), 'api.example.test');
	t.is(value(first?.request.headers, 'Referer'), 'https://api.example.test/from');
	t.is(value(first?.response.headers, 'Location'), 'https://api.example.test/v2/users?sig=hidden');
	t.is(first?.response.redirectURL, 'https://api.example.test/v2/users?sig=hidden');
	t.regex(String(first?._followthrough['locationSent']), /^http:\/\/127\.0\.0\.1:\d+\/v2\/users\?/);
});

test('a redirect and its follow-up name each other, and what ties them', async t => {
	const [redirect, followUp, other] = await entriesOf('masked');
	t.deepEqual(redirect?._followthrough['redirect'], {hop: 1, state: 'followed', followUp: 2});
	t.like(followUp?._followthrough['followUpOf'], {exchange: 1, hop: 1, certain: true});
	t.like(followUp, {comment: 'follow-up of exchange 1'});
	t.false('followUpOf' in (other?._followthrough ?? {}));
});

test('times are those of the record, from the wall clock on', async t => {
	const {began, exchanges} = await both;
	const entries = await entriesOf('masked');
	for (const [index, entry] of entries.entries()) {
		const {request, response} = exchanges[index] ?? t.fail();
		t.is(entry.startedDateTime, new Date(began + request.beganAt).toISOString());
		t.is(entry.timings.send, (request.endedAt ?? request.beganAt) - request.beganAt);
		t.is(entry.time, entry.timings.send + entry.timings.wait);
		if (response && request.endedAt && response.sentAt >= request.endedAt)
			t.is(entry.timings.wait, response.sentAt - request.endedAt);
	}
});

test('a body is text, or base64, or left out with the reason', async t => {
	const shown = (await entriesOf('shown')).map(({request}) => request.postData);
	t.is(shown[0]?.text, '{"name":"Ada","password":"hidden"}');
	t.like(shown[2], {text: Buffer.from(binary).toString('base64'), _encoding: 'base64'});
	t.is(shown[3]?.text, 'onetwo');
	t.is(shown[5], undefined);
	t.like(shown.at(-1), {
		text: '',
		comment: 'The body is left out: only 100,000 bytes of it were kept.',
	});
	const masked = (await entriesOf('masked')).map(({request}) => request.postData);
	t.is(masked[0]?.text, '{"name":"Ada","password":"***"}');
	t.is(masked[2]?.comment, 'The body is left out: what is secret in it can not be told.');
});

test('what is no HTTP, was broken off or had no route is told as that', async t => {
	const entries = await entriesOf('masked');
	const find = (path: string) => entries.find(({request}) => request.url.includes(path));
	t.like(find('/broken')?.response, {
		status: 0,
		comment: 'no response: a reset in place of a response, as scripted',
	});
	t.like(find('/cut')?.response, {
		status: 200,
		comment: '200 OK; the content was cut short, as scripted',
	});
	t.regex(find('/no-such')?.comment ?? '', /^no route matches/);
	t.is(find('/no-such')?._followthrough['target'], '/no-such?q=%zz&q=a+b#top');
	const malformed = entries.find(({request}) => request.method === '');
	t.regex(malformed?.comment ?? '', /^bytes that are no HTTP \(HPE_INVALID_METHOD\)/);
	t.like(malformed?._followthrough['malformed'], {code: 'HPE_INVALID_METHOD'});
});

test('cookies and parameters are listed', async t => {
	const [first] = await entriesOf('shown');
	t.deepEqual(first?.request.cookies, [
		{name: 'sid', value: 'hidden'},
		{name: 'lang', value: 'en'},
	]);
	t.deepEqual(first?.request.queryString, [{name: 'token', value: 'hidden'}]);
	t.deepEqual(first?.response.cookies, [
		{
			name: 'sid',
			value: 'hidden',
			path: '/v2',
			expires: '2026-10-21T07:28:00.000Z',
			httpOnly: true,
			secure: true,
		},
		{name: 'lang', value: 'en', domain: 'example.test', httpOnly: false, secure: false},
	]);
});

test('the versions of HTTP are named as messages name them', async t => {
	const entries = await entriesOf('masked');
	const versions = new Set(entries.map(({request}) => request.httpVersion));
	t.deepEqual([...versions].toSorted(), ['HTTP/1.0', 'HTTP/1.1', 'HTTP/2', 'unknown']);
});

test('secrets are masked unless they may be shown', async t => {
	const {masked, shown} = await both;
	t.false(masked.includes(secret));
	t.true(shown.includes(secret));
	t.is(JSON.parse(masked).log._followthrough.secrets, 'masked');
});
