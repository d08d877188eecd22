import {buffer} from 'node:stream/consumers';
import test from 'ava';
import {type RecordedBody, startDouble} from '../../src/index.ts';
import {ask, connectTo, headOf} from '../helpers/raw-client.ts';

const api = 'https://api.example.test';
const scenario = {name: 'sink', routes: [{request: `* ${api}/*rest`, response: {status: 204}}]};

/** The recorded body of a request with these bytes. */
async function recorded(
	type: string | undefined,
	body: string | Uint8Array,
	target = '/x',
): Promise<RecordedBody> {
	await using double = await startDouble(scenario);
	const typed = type === undefined ? [] : [`Content-Type: ${type}`];
	const head = [`POST ${target} HTTP/1.1`, 'Host: h', ...typed, `Content-Length: ${body.length}`];
	await ask(double.url, head, body);
	const {request} = await double.journal.waitFor(() => true);
	return request.body;
}

const texts = [
	['in UTF-8 without a type', undefined, '\xc3\xa9', 'é'],
	['in UTF-8 without a charset', 'text/plain', '\xc3\xa9', 'é'],
	['in Latin-1', 'text/plain; charset=ISO-8859-1', '\xe9', 'é'],
	['in UTF-16', 'text/plain; charset="utf-16le"', 'h\0i\0', 'hi'],
	['with a type that is none', ';;;', 'hi', 'hi'],
	['of nothing', 'text/plain', '', ''],
] as const;

for (const [what, type, sent, text] of texts)
	test(`text ${what} is decoded`, async t => {
		t.is(await (await recorded(type, sent)).text(), text);
	});

test('JSON is parsed', async t => {
	const body = await recorded('application/json', '{"name":"Ada"}');
	t.deepEqual(await body.json(), {name: 'Ada'});
});

const user = {
	type: 'object',
	properties: {name: {type: 'string'}, age: {type: 'integer'}},
	required: ['name'],
} as const;

test('JSON that fits a schema is typed by it', async t => {
	const body = await recorded('application/json', '{"name":"Ada","age":36}');
	const {name, age = 0} = await body.json(user);
	t.is(name.toUpperCase(), 'ADA');
	t.is(age.toFixed(1), '36.0');
});

test('a form in a URL encoding is read', async t => {
	const form = await (
		await recorded('application/x-www-form-urlencoded', 'name=Ada+L&tag=a&tag=%C3%A9')
	).form();
	t.is(form.get('name'), 'Ada L');
	t.deepEqual(form.getAll('tag'), ['a', 'é']);
});

test('a form in parts is read, its files byte for byte', async t => {
	const lines = [
		'--b',
		'Content-Disposition: form-data; name="name"',
		'',
		'Ada',
		'--b',
		'Content-Disposition: form-data; name="avatar"; filename="a.png"',
		'Content-Type: image/png',
		'',
		'\x89PNG\r\n\x00\xff',
		'--b--',
		'',
	];
	const body = Buffer.from(lines.join('\r\n'), 'latin1');
	const form = await (await recorded('multipart/form-data; boundary=b', body)).form();
	t.is(form.get('name'), 'Ada');
	const file = form.get('avatar');
	if (!(file instanceof File)) return t.fail('The file is none.');
	t.is(file.name, 'a.png');
	t.is(file.type, 'image/png');
	t.is(Buffer.from(await file.arrayBuffer()).toString('latin1'), '\x89PNG\r\n\x00\xff');
});

test('a preview shows the first bytes, 200 unless told', async t => {
	const body = await recorded(undefined, 'x'.repeat(70_000));
	t.is(body.preview().length, 200);
	t.is(Buffer.from(body.preview(3)).toString(), 'xxx');
	t.is(body.preview(1000).length, 256);
});

type Question = (body: RecordedBody) => Promise<unknown>;
const asJson: Question = body => body.json();
const asForm: Question = body => body.form();

const url = `POST ${api}/x`;
const faults: readonly (readonly [
	what: string,
	type: string | undefined,
	sent: string,
	ask: Question,
	message: string,
])[] = [
	['no JSON', undefined, 'hello\n', asJson, `The body of ${url} is no JSON; it begins "hello\\n".`],
	['nothing as JSON', 'application/json', '', asJson, `The body of ${url} is empty, not JSON.`],
	[
		'JSON with a secret in it that breaks off',
		undefined,
		'{"password":"s3\\"cret","x":',
		asJson,
		`The body of ${url} is no JSON; it begins "{"password":"***","x":".`,
	],
	[
		'JSON that does not fit a schema',
		undefined,
		'{"age":"old"}',
		body => body.json(user),
		[
			`The body of ${url} does not fit the schema:`,
			'  /: "name" is missing',
			'  /age: expected a whole number, found "old"',
		].join('\n'),
	],
	[
		'a form without a type',
		undefined,
		'a=1',
		asForm,
		`The body of ${url} is no form: the request has no Content-Type.`,
	],
	[
		'a form of another type',
		'text/plain',
		'a=1',
		asForm,
		`The body of ${url} can't be read as a form. Content-Type is "text/plain"; the body begins "a=1".`,
	],
	[
		'a form whose parts do not end',
		'multipart/form-data; boundary=b',
		'--b\r\n',
		asForm,
		`The body of ${url} can't be read as a form. Content-Type is "multipart/form-data; boundary=b"; the body begins "--b\\r\\n".`,
	],
	[
		'text in a charset that nobody knows',
		'text/plain; charset=klingon',
		'x',
		body => body.text(),
		`The body of ${url} has the charset "klingon", unknown here.`,
	],
];

for (const [what, type, sent, question, message] of faults)
	test(`asking for ${what} fails with an error that says so`, async t => {
		const body = await recorded(type, sent);
		await t.throwsAsync(() => question(body), {
			name: 'FollowthroughError',
			code: 'BODY_UNREADABLE',
			message,
		});
	});

test('an error of a body that was cut off says so', async t => {
	await using double = await startDouble(scenario);
	using client = await connectTo(double.url);
	client.send(headOf(['POST /x HTTP/1.1', 'Host: h', 'Content-Length: 9']));
	client.send('{"name"');
	client.socket.end();
	const {request} = await double.journal.waitFor(() => true);
	await t.throwsAsync(() => request.body.json(), {
		message: `The body of ${url} is no JSON; it begins "{"name"". It was cut off before its end.`,
	});
});

test('an error tells a URL with its secrets masked', async t => {
	const body = await recorded(undefined, '', '/x?token=s3cret');
	await t.throwsAsync(() => body.json(), {
		message: `The body of ${url}?token=*** is empty, not JSON.`,
	});
});

test('a large body is gone when its double is closed, and every question says so', async t => {
	const size = 70_000;
	const body = await recorded(undefined, 'x'.repeat(size));
	const other = await recorded(undefined, 'y'.repeat(size));
	const expected = {
		code: 'BODY_GONE',
		message: `The body of ${url} (70000 bytes) is gone: large bodies are kept in a temporary file, removed when the double is closed or reset, or when the journal drops the exchange. Read them before.`,
	} as const;
	await t.throwsAsync(() => body.bytes(), expected);
	await t.throwsAsync(() => body.text(), expected);
	await t.throwsAsync(() => body.json(), expected);
	await t.throwsAsync(() => buffer(body.stream()), expected);
	t.throws(() => body.firstDifference(other), expected);
	t.is(body.size, size);
});

const bigger = Buffer.from(Array.from({length: 200_000}, (_, index) => index % 251));

for (const [what, sent] of [
	['in memory', bigger.subarray(0, 1000)],
	['in a file', bigger],
] as const)
	test(`a stretch of a body ${what} is streamed`, async t => {
		await using double = await startDouble(scenario);
		await ask(double.url, ['POST /x HTTP/1.1', 'Host: h', `Content-Length: ${sent.length}`], sent);
		const {body} = (await double.journal.waitFor(() => true)).request;
		const {size} = body;
		for (const [start, end] of [
			[0, 0],
			[1, 9],
			[size - 3, size + 9],
			[500, size - 1],
		] as const)
			t.deepEqual(await buffer(body.stream({start, end})), sent.subarray(start, end + 1));
		t.deepEqual(await buffer(body.stream({start: 7})), sent.subarray(7));
		for (const range of [{start: -1}, {start: 0.5}, {start: 9, end: 1}])
			t.throws(() => body.stream(range), {code: 'OPTION_INVALID'});
	});
