import test from 'ava';
import {startDouble} from '../../src/index.ts';
import {connectTo, headOf} from '../helpers/raw-client.ts';
import {untilEnd} from '../helpers/wire.ts';
import {askHttp2} from '../helpers/wire-http2.ts';

const response = {
	status: 307,
	headers: {Location: '/there', Date: 'today'},
	afterwards: 'close' as const,
	interim: [
		{status: 102},
		{
			status: 103,
			headers: {link: ['</a>; rel=preload', '</b>; rel=preload'], Location: '/decoy/:id'},
		},
		{status: 199, headers: {'X-Text': 'é'}},
	],
};

const routes = [
	{request: '* http://api.example.test/x/:id', response},
	{request: '* http://api.example.test/slow', response: {delay: 20, text: 'slow'}},
];

test('interim responses go out before the head, byte for byte and in order', async t => {
	await using double = await startDouble({name: 'hints', routes});
	const {text} = await untilEnd(double.url, ['POST /x/7 HTTP/1.1', 'Host: h']);
	t.is(
		text,
		[
			'HTTP/1.1 102 Processing\r\n\r\n',
			'HTTP/1.1 103 Early Hints\r\nlink: </a>; rel=preload\r\nlink: </b>; rel=preload\r\nLocation: /decoy/7\r\n\r\n',
			'HTTP/1.1 199 \r\nX-Text: \xc3\xa9\r\n\r\n',
			'HTTP/1.1 307 Temporary Redirect\r\nLocation: /there\r\nDate: today\r\nContent-Length: 0\r\nConnection: close\r\n\r\n',
		].join(''),
	);
});

test('interim responses are recorded in order, with their lines and times', async t => {
	await using double = await startDouble({name: 'hints', routes});
	await untilEnd(double.url, ['POST /x/7 HTTP/1.1', 'Host: h']);
	const {interim = [], response: final} = await double.journal.waitFor(({sealed}) => sealed);
	t.deepEqual(
		interim.map(({status, headers}) => [status, headers]),
		[
			[102, []],
			[
				103,
				[
					['link', '</a>; rel=preload'],
					['link', '</b>; rel=preload'],
					['Location', '/decoy/7'],
				],
			],
			[199, [['X-Text', '\xc3\xa9']]],
		],
	);
	t.true(interim.every(({sentAt}) => sentAt <= (final?.sentAt ?? 0)));
	t.is(final?.location?.sent, '/there');
});

test('a client of HTTP/1.0 gets no interim response', async t => {
	await using double = await startDouble({name: 'hints', routes});
	const {text} = await untilEnd(double.url, ['POST /x/7 HTTP/1.0', 'Host: h']);
	t.true(text.startsWith('HTTP/1.1 307 Temporary Redirect\r\n'), text);
	const exchange = await double.journal.waitFor(({sealed}) => sealed);
	t.is(exchange.interim, undefined);
});

test('interim responses wait for the responses before them on the connection', async t => {
	await using double = await startDouble({name: 'hints', routes});
	using client = await connectTo(double.url);
	client.send(headOf(['GET /slow HTTP/1.1', 'Host: h']) + headOf(['GET /x/8 HTTP/1.1', 'Host: h']));
	const statuses: number[] = [];
	while (statuses.at(-1) !== 307) statuses.push((await client.response()).status);
	t.deepEqual(statuses, [200, 102, 103, 199, 307]);
});

test('a client that leaves before its turn comes is recorded with no interim response', async t => {
	const stalling = {request: 'GET http://api.example.test/stalls', response: {delay: 600_000}};
	await using double = await startDouble({name: 'hints', routes: [...routes, stalling]});
	using client = await connectTo(double.url);
	client.send(
		headOf(['GET /stalls HTTP/1.1', 'Host: h']) + headOf(['GET /x/8 HTTP/1.1', 'Host: h']),
	);
	while (double.exchanges.length < 2) await new Promise(resolve => setImmediate(resolve));
	client.leave();
	await double.journal.waitFor(({sealed, request}) => sealed && request.target === '/x/8');
	t.deepEqual(
		double.exchanges.map(({interim}) => interim),
		[undefined, undefined],
	);
});

test('on HTTP/2 interim responses are HEADERS of their own', async t => {
	await using double = await startDouble({name: 'hints', routes});
	const {interim, head} = await askHttp2(`${double.url}/x/7`);
	t.deepEqual(
		interim.map(fields => fields[':status']),
		[102, 103, 199],
	);
	t.like(interim[1], {location: '/decoy/7', link: '</a>; rel=preload, </b>; rel=preload'});
	t.is(head?.[':status'], 307);
	const exchange = await double.journal.waitFor(({sealed}) => sealed);
	t.is(exchange.interim?.length, 3);
});
