import {execFile} from 'node:child_process';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import test from 'ava';
import {listedRequests} from '../../src/cli/listed-requests.ts';
import {openDoubles, type Served} from '../../src/cli/open-doubles.ts';
import {curlLine} from '../../src/exports/curl-line.ts';
import {headerValue} from '../../src/http/header-lines.ts';
import type {Exchange} from '../../src/journal/exchange.ts';
import {callContent} from '../../src/scenario/call-content.ts';
import {shippedFiles} from '../../src/scenario/shipped.ts';
import {startDouble} from '../../src/start-double.ts';
import {lacksCurl} from '../helpers/needs-curl.ts';

const run = promisify(execFile);
/** Where curl gets no answer to all that it sends. */
const unanswered: Readonly<Record<string, string>> = {
	'curl-357-expectation-refused':
		'curl 7.88 begins its second request inside the body of the first (curl 11678)',
	'stalled-redirect': 'curl waits for the body of the redirect, which takes ten minutes',
};

for (const {name} of (await shippedFiles()).filter(each => unanswered[each.name] === undefined))
	test(`${name}: what is pasted is answered, and curl repeats method and body`, async t => {
		if (lacksCurl(t)) return;
		const [served] = await openDoubles([name]);
		if (served === undefined) return t.fail();
		t.teardown(served.double.close);
		for (const line of curlLines(served)) await paste(line);
		const {double} = served;
		t.true(double.exchanges.every(({response, miss}) => response !== undefined && !miss));
		for (const {redirect, followUp} of double.hops()) {
			const status = redirect.response?.status ?? 0;
			if (status < 307 || followUp === undefined) continue;
			t.is(followUp.request.method, redirect.request.method);
			// A body that was kept back is sent to the last Location alone, or when curl has waited for long.
			const isLast = followUp.response?.location === undefined;
			if (redirect.request.body.complete && followUp.request.body.complete)
				t.is(followUp.request.body.sha256, redirect.request.body.sha256);
			else if (isLast) t.like(followUp.request.body, {complete: true, ...announced(redirect)});
		}
	});

const awkward = [
	{title: 'quotes and a dollar', text: `it's "$HOME" \`id\` \\ %s`},
	{title: 'a leading @', text: '@file'},
	{title: 'line ends', text: 'a\r\nb\n'},
	{title: 'letters beyond ASCII', text: 'für 😀'},
	{
		title: 'bytes that are no text',
		base64: Buffer.from([0, 255, 10, 92, 37, 39]).toString('base64'),
	},
	{title: 'text as bytes', base64: Buffer.from('plain').toString('base64')},
	{title: 'nothing', text: ''},
	{title: 'a text many times over', text: "it's\n100 % \\\n", repeat: 5000},
	{title: 'bytes many times over', base64: Buffer.from([0, 255, 10]).toString('base64'), repeat: 7},
];

for (const {title, ...body} of awkward)
	for (const method of ['POST', 'PUT'])
		test(`a ${method} with a body of ${title} goes through a shell and a 307`, async t => {
			if (lacksCurl(t)) return;
			await using double = await startDouble(mirror);
			const content = callContent({request: `${method} ${original}`, ...body});
			await paste(curlLine({method, url: double.urlOf(original), ...content}));
			const hop = await double.hop();
			const sent = await hop.followUp.request.body.bytes();
			const once = body.base64 ? Buffer.from(body.base64, 'base64') : Buffer.from(body.text ?? '');
			const expected = Buffer.concat(Array.from({length: body.repeat ?? 1}, () => once));
			t.deepEqual(Buffer.from(sent), expected);
			t.is(hop.followUp.request.method, method);
			double.assertFollowedThrough();
		});

test('a file beside the scenario is sent by its path', async t => {
	if (lacksCurl(t)) return;
	const folder = await mkdtemp(join(tmpdir(), 'followthrough-cli-'));
	t.teardown(() => rm(folder, {recursive: true}));
	await writeFile(join(folder, 'a b.bin'), 'from a file\n');
	await using double = await startDouble(mirror);
	const content = callContent({request: `PUT ${original}`, file: 'a b.bin'}, folder);
	await paste(curlLine({method: 'PUT', url: double.urlOf(original), ...content}));
	const hop = await double.hop();
	t.is(await hop.followUp.request.body.text(), 'from a file\n');
});

const original = 'https://mirror.example.test/from';
const target = 'https://mirror.example.test/to';
const mirror = {
	name: 'mirror',
	routes: [
		{request: `* ${original}`, response: {status: 307, headers: {Location: target}}},
		{request: `* ${target}`, response: {status: 204}},
	],
};

function curlLines(served: Served): string[] {
	return listedRequests(served).flatMap(({samples}) =>
		samples.map(sample => curlLine({...sample, url: served.double.urlOf(sample.url)})),
	);
}

/** The size of a body that a request announced; nothing of a stream. */
function announced({request}: Exchange): {size?: number} {
	const length = headerValue(request.headers, 'Content-Length');
	return length === undefined ? {} : {size: Number(length)};
}

/** Exit codes of curl where it is right to give up (man curl, EXIT CODES). */
const gaveUp = {
	'a Location that is no URL': 3,
	'a Location of FTP where nobody listens': 7,
	'a response that is not HTTP': 1,
	'a response cut off': 18,
	'a stream that is used up': 65,
	'50 redirects': 47,
	'nothing at all': 52,
	'a connection reset': 56,
};

async function paste(line: string): Promise<void> {
	await run('sh', ['-c', line]).catch(error => {
		if (!Object.values(gaveUp).includes(error.code)) throw error;
	});
}
