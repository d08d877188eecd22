import test from 'ava';
import {type ScenarioInput, startDouble} from '../../src/index.ts';
import {ask, connectTo, headOf} from '../helpers/raw-client.ts';
import {untilEnd} from '../helpers/wire.ts';
import {askHttp2} from '../helpers/wire-http2.ts';

type Response = NonNullable<
	Exclude<ScenarioInput['routes'][number]['response'], (...args: never[]) => unknown>
>;

function doubleWith(response: Response) {
	const routes = [{request: '* http://api.example.test/x', response}];
	return startDouble({name: 'odd', routes});
}

/** Bytes of a value as Latin-1, as the header of a scenario. */
function bytes(text: string): {base64: string} {
	return {base64: Buffer.from(text, 'latin1').toString('base64')};
}

const everyByte = String.fromCharCode(
	...Array.from({length: 256}, (_, code) => code).filter(code => ![0, 10, 13].includes(code)),
);

const locations: readonly (readonly [
	string,
	NonNullable<Response['headers']>,
	readonly string[],
])[] = [
	['an empty Location', {Location: ''}, ['Location: ']],
	['two Locations', {Location: ['/left', '/right']}, ['Location: /left', 'Location: /right']],
	['two Locations, one empty', {Location: ['', '/b']}, ['Location: ', 'Location: /b']],
	['a Location with spaces', {Location: '/a b  c'}, ['Location: /a b  c']],
	['a Location beyond ASCII', {Location: '/é'}, ['Location: /\xc3\xa9']],
	['bytes that are no UTF-8', {Location: bytes('/\xff\xfe')}, ['Location: /\xff\xfe']],
	['control characters', {Location: bytes('/\x01\x0b\x7f')}, ['Location: /\x01\x0b\x7f']],
	['every byte there is', {Location: bytes(`/${everyByte}`)}, [`Location: /${everyByte}`]],
	[
		'control characters in one of two',
		{Location: ['/left', bytes('/\x02')], 'X-Other': bytes('\x03')},
		['Location: /left', 'Location: /\x02', 'X-Other: \x03'],
	],
];

for (const [what, headers, lines] of locations)
	test(`${what} goes out byte for byte`, async t => {
		await using double = await doubleWith({status: 307, headers, afterwards: 'close'});
		const {text} = await untilEnd(double.url, ['POST /x HTTP/1.1', 'Host: h']);
		t.true(text.startsWith(`HTTP/1.1 307 Temporary Redirect\r\n${lines.join('\r\n')}\r\n`), text);
		const {response} = await double.journal.waitFor(({sealed}) => sealed);
		const recorded = response?.headers.map(([name, value]) => `${name}: ${value}`) ?? [];
		t.deepEqual(recorded.slice(0, lines.length), [...lines]);
		t.is(response?.location?.sent, lines[0]?.slice('Location: '.length));
	});

const tooMuch = {status: 307, headers: {Location: '/y', 'Content-Length': 100}, text: 'moved'};
const tooLittle = {status: 307, headers: {'content-length': 2, Location: '/y'}, text: 'moved'};

test('a Content-Length that promises too much goes out, and the client waits for the rest', async t => {
	await using double = await doubleWith(tooMuch);
	using client = await connectTo(double.url);
	client.send(headOf(['POST /x HTTP/1.1', 'Host: h']));
	let text = '';
	client.socket.on('data', (piece: Buffer) => {
		text += piece.toString('latin1');
	});
	const {response} = await double.journal.waitFor(({sealed}) => sealed);
	while (!text.endsWith('moved')) await new Promise(resolve => setImmediate(resolve));
	t.regex(text, /\r\nLocation: \/y\r\nContent-Length: 100\r\n/);
	t.false(client.socket.readableEnded);
	t.like(response, {complete: true, bodySize: 5});
});

test('a Content-Length that promises too much ends with the connection where it is closed', async t => {
	await using double = await doubleWith({...tooMuch, afterwards: 'close'});
	const {text, ending} = await untilEnd(double.url, ['POST /x HTTP/1.1', 'Host: h']);
	t.regex(text, /\r\nContent-Length: 100\r\n.*\r\n\r\nmoved$/s);
	t.is(ending, 'fin');
});

test('a Content-Length that promises too little goes out in its place, and the rest follows', async t => {
	await using double = await doubleWith({...tooLittle, afterwards: 'close'});
	const {text} = await untilEnd(double.url, ['POST /x HTTP/1.1', 'Host: h']);
	t.regex(text, /^HTTP\/1\.1 307 [^\r]*\r\ncontent-length: 2\r\nLocation: .*\r\n\r\nmoved$/s);
	t.is(text.match(/content-length/gi)?.length, 1);
	const {response} = await double.journal.waitFor(({sealed}) => sealed);
	t.like(response, {complete: true, bodySize: 5});
});

test('HEAD gets the Content-Length as written', async t => {
	await using double = await doubleWith(tooMuch);
	const {headers} = await ask(double.url, ['HEAD /x HTTP/1.1', 'Host: h']);
	t.is(headers.find(([name]) => name === 'Content-Length')?.[1], '100');
	const {response} = await double.journal.waitFor(({sealed}) => sealed);
	t.is(response?.bodySize, 0);
});

test('on HTTP/2 a wrong Content-Length goes out, and the client finds it', async t => {
	for (const response of [tooMuch, tooLittle]) {
		await using double = await doubleWith(response);
		const {head, code} = await askHttp2(`${double.url}/x`);
		t.is(head?.['content-length'], String(Object.values(response.headers).find(Number.isInteger)));
		t.not(code, 0);
	}
});

test('on HTTP/2 two Locations and an empty one go out', async t => {
	for (const values of [['/left', '/right'], ['']]) {
		await using double = await doubleWith({status: 307, headers: {Location: values}});
		const {raw} = await askHttp2(`${double.url}/x`);
		t.deepEqual(
			raw.filter((_, at) => raw[at - 1] === 'location'),
			values,
		);
	}
});

test('on HTTP/2 control characters go out; a client may drop the field', async t => {
	const headers = {Location: bytes('/\x01'), 'X-After': 'there'};
	await using double = await doubleWith({status: 307, headers});
	const {head} = await askHttp2(`${double.url}/x`);
	t.is(head?.[':status'], 307);
	t.is(head?.['x-after'], 'there');
	const {response} = await double.journal.waitFor(({sealed}) => sealed);
	t.is(response?.location?.sent, '/\x01');
});

test('a CONNECT to a listener is missed without a word on the console, whatever its target', async t => {
	const warnings: string[] = [];
	const listen = (warning: Error) => warnings.push(warning.message);
	process.on('warning', listen);
	t.teardown(() => process.off('warning', listen));
	await using double = await doubleWith({status: 200});
	using client = await connectTo(double.url);
	client.send(headOf(['CONNECT a:a:HTTP/1.1', 'Host: a']));
	t.is((await client.response()).status, 501);
	await new Promise(setImmediate);
	t.deepEqual(warnings, []);
});
