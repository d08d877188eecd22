import test from 'ava';
import type {Command} from '../src/cli/child.ts';
import {programAdapter} from '../src/cli/program-adapter.ts';
import type {AskedCall} from '../src/index.ts';
import {startDouble} from '../src/start-double.ts';
import {knownClients} from './clients/adapters/index.ts';
import {nodeProcess} from './clients/adapters/node-process.ts';
import {gradeKnownClient} from './clients/grading/grade-known-client.ts';
import type {GradedClient} from './clients/grading/graded.ts';
import {page} from './clients/grading/pages.ts';
import {transcriptOf} from './clients/grading/transcript.ts';
import {WireTap} from './clients/grading/wire-tap.ts';

function asked(call: Partial<AskedCall> = {}): AskedCall {
	return {
		method: 'POST',
		url: 'http://127.0.0.1:1/users',
		documented: 'https://api.example.test/users',
		headers: [['Content-Type', 'text/plain']],
		body: new TextEncoder().encode('Ada'),
		scenario: 'api-move',
		signal: new AbortController().signal,
		...call,
	};
}

const shell = (script: string): Command => ['sh', '-c', script];

test('each known client has an id of its own, which is fit to be the name of a folder', t => {
	const ids = knownClients.map(({id}) => id);
	t.is(new Set(ids).size, ids.length);
	t.deepEqual(
		ids.filter(id => !/^[a-z][a-z0-9-]*$/.test(id)),
		[],
	);
});

test('a program is told by its environment what to send, and tells what came by what it prints', async t => {
	const script = `test "$METHOD $URL" = 'POST http://127.0.0.1:1/users' &&
		test "$(cat "$HEADERS_FILE")" = 'Content-Type: text/plain' &&
		test "$(cat "$BODY_FILE")" = Ada && echo 201`;
	t.deepEqual(await programAdapter(shell(script))(asked()), {status: 201});
});

test('a program that is to send no body has no file of one', async t => {
	const {body: _, ...call} = asked();
	// biome-ignore lint/suspicious/noTemplateCurlyInString: it is the shell's
	const script = 'test -z "${BODY_FILE+x}" && echo 200';
	t.deepEqual(await programAdapter(shell(script))(call), {status: 200});
});

test('a program that fails gives its words as the client’s own error', async t => {
	const failing = programAdapter(shell('echo too many redirects >&2; exit 47'));
	await t.throwsAsync(async () => failing(asked()), {message: 'too many redirects'});
});

test('a program that is ended by a signal has crashed', async t => {
	const crashing = programAdapter(shell('kill -s ABRT $$'));
	await t.throwsAsync(async () => crashing(asked()), {
		code: 'CLIENT_CRASHED',
		message: 'ended by SIGABRT',
	});
});

test('a program whose time is over is ended with all that it has started', async t => {
	const limit = new AbortController();
	const hanging = programAdapter(shell('sleep 1000; echo 200'));
	const answer = Promise.resolve(hanging(asked({signal: limit.signal})));
	const ended = t.throwsAsync(answer, {code: 'CLIENT_CRASHED'});
	limit.abort();
	await ended;
});

test('a client for Node that throws where nobody can catch it has crashed, and its next call is made', async t => {
	await using double = await startDouble('api-move');
	const client = nodeProcess(process.execPath, '../../helpers/crashing-client.mjs');
	t.teardown(client.close);
	const call = asked({url: double.urlOf('https://api.example.test/api/v1/users')});
	await t.throwsAsync(async () => client.adapter({...call, method: 'CRASH'}), {
		code: 'CLIENT_CRASHED',
		message: /nobody caught me/,
	});
	t.deepEqual(await client.adapter(call), {status: 204});
});

test('the tap sees all bytes of a connection, and the transcript shows them by their direction', async t => {
	const tap = new WireTap();
	await using double = await startDouble('api-move');
	const body = 'x'.repeat(2 ** 20);
	const url = double.urlOf('https://api.example.test/api/v1/users');
	await (await fetch(url, {method: 'POST', body})).text();
	await double.hop();
	// Other tests have doubles of their own.
	const pieces = tap.take().filter(({port}) => port === Number(new URL(url).port));
	const sent = pieces.filter(({from}) => from === 'client').map(({bytes}) => bytes);
	const text = Buffer.concat(sent).toString('latin1');
	t.is(text.split('POST /api/v').length, 3);
	t.is(text.split(body).length, 3);
	const transcript = transcriptOf(pieces, double.exchanges);
	t.regex(
		transcript,
		/^connection 1, to https:\/\/api\.example\.test \(127\.0\.0\.1:8001\)\n> POST/,
	);
	t.regex(transcript, /^< HTTP\/1\.1 307 Temporary Redirect\\r\\n$/m);
	t.regex(transcript, /^< Location: http:\/\/127\.0\.0\.1:8001\/api\/v2\/users\\r\\n$/m);
	t.regex(transcript, /^> x{100}$/m);
	t.regex(transcript, /^> \(1048576 bytes in all behind the head, SHA-256 [0-9a-f]{64}\)$/m);
	t.notRegex(transcript, new RegExp(new URL(url).port));
});

const losesBody = nodeProcess(process.execPath, '../../helpers/body-losing-client.mjs');
test.after.always(losesBody.close);

test('a breach is kept with its bytes, and stands in the matrix and below it', async t => {
	const grade = await gradeKnownClient('lossy', losesBody, ['api-move']);
	const rule = grade.rules.find(each => each.rule === 'body-preserved');
	t.like(rule, {outcome: 'broken', scenarios: ['api-move']});
	t.is(rule?.breach?.actual, 'no body (0 bytes)');
	t.regex(rule?.breach?.transcript ?? '', /^> POST \/api\/v2\/users HTTP\/1\.1\\r\\n$/m);
	const text = pageOf(grade);
	t.regex(text, /^\| rule \| level \| \[Lossy\]\(#lossy\) 1\.0 \|$/m);
	t.regex(
		text,
		/^\| \[body-preserved\]\(rules\/body-preserved\.md\) \| should \| \[✗\]\(#lossy\) \|$/m,
	);
	t.regex(text, /^again {5}npm run clients -- --only lossy --scenario api-move$/m);
	t.regex(text, /^see {7}docs\/clients\/lossy\/body-preserved\.txt$/m);
	t.is(pageOf(grade), text);
});

function pageOf(grade: GradedClient): string {
	const client = {
		id: 'lossy',
		name: 'Lossy',
		family: 'Node',
		called: 'as a test has it',
		version: async () => '1.0',
		open: async () => losesBody,
	} as const;
	return page([{client, version: '1.0', grade}], []);
}
