import test from 'ava';
import fc from 'fast-check';
import {joined, mutated} from '../helpers/fuzzed/bytes.ts';
import {http2Conversation} from '../helpers/fuzzed/frames.ts';
import {fuzz} from '../helpers/fuzzed/fuzz.ts';
import {handshakes} from '../helpers/fuzzed/handshakes.ts';
import {http1Requests, soundRequests} from '../helpers/fuzzed/http1.ts';
import {origin} from '../helpers/fuzzed/scenario.ts';
import {visitWith} from '../helpers/fuzzed/visit.ts';
import {handshake, tunnelTo} from '../helpers/proxy-client.ts';
import {connectTo} from '../helpers/raw-client.ts';

const {host} = new URL(origin);
const authorities = [`${host}:443`, `${host}:80`, host, 'other.example.test:443', '[::1]:443', ''];
const absolute = mutated(soundRequests.map(request => request.replace(' /', ` ${origin}/`)));
const elsewhere = mutated([
	'GET http://other.example.test/x HTTP/1.1\r\nHost: a\r\n\r\n',
	'POST https:///x HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx',
	'GET ftp://a/b HTTP/1.1\r\n\r\n',
]);
const connecting = mutated(
	authorities.map(to => `CONNECT ${to} HTTP/1.1\r\nHost: ${to}\r\n\r\n`),
	1,
);
const insides = fc
	.oneof(http1Requests, http2Conversation, handshakes)
	.map(each => Buffer.concat(each));

/** Requests, and CONNECT with what is to come inside of the tunnel right behind it. */
const before = fc.array(
	fc.oneof(
		absolute,
		elsewhere,
		http1Requests.map(each => Buffer.concat(each)),
	),
	{
		maxLength: 2,
	},
);
const pipelined = fc
	.tuple(before, connecting, insides)
	.map(([requests, connect, inside]) => [...requests, connect, inside]);

const way = fc.constantFrom('tunnel', 'http/1.1', 'h2');
const open = visitWith(
	joined(fc.oneof(fc.array(absolute, {minLength: 1, maxLength: 3}), pipelined)),
);
const visit = fc.oneof(
	open.map(each => ({...each, way: 'none' as const})),
	fc
		.tuple(visitWith(joined(fc.oneof(http1Requests, http2Conversation))), way)
		.map(([each, through]) => ({...each, way: through})),
);

test('no bytes to the proxy or through its tunnels make the double crash, hang, print or leave anything open', t =>
	fuzz(t, visit, async ({proxy, ca}, {way}) => {
		if (way === 'none') return (await connectTo(proxy)).socket;
		const {socket} = await tunnelTo(proxy, `${host}:443`);
		return way === 'tunnel' ? socket : handshake(socket, host, ca, way);
	}));
