import {once} from 'node:events';
import {connect} from 'node:tls';
import test from 'ava';
import {type ScenarioInput, startDouble} from '../../src/index.ts';
import {headOf} from '../helpers/raw-client.ts';
import {type Wire, watch} from '../helpers/wire.ts';
import {askHttp2} from '../helpers/wire-http2.ts';

type Response = NonNullable<
	Exclude<ScenarioInput['routes'][number]['response'], (...args: never[]) => unknown>
>;

const redirect = {
	status: 307,
	headers: {Location: '/there', Date: 'today', Connection: 'close'},
	text: '0123456789',
} as const;

const head =
	'HTTP/1.1 307 Temporary Redirect\r\nLocation: /there\r\nDate: today\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 10\r\n\r\n';

const faults: readonly (readonly [Response, string, Wire['ending']])[] = [
	[{...redirect, fault: 'reset-before-head'}, '', 'reset'],
	[{...redirect, fault: 'reset-in-head'}, head.slice(0, head.length >> 1), 'reset'],
	[{...redirect, fault: 'reset-after-head'}, head, 'reset'],
	[{...redirect, fault: {truncateAfter: 4}}, `${head}0123`, 'fin'],
	[{fault: {garbage: 'noise'}}, 'noise', 'fin'],
	[{...redirect, packetSize: 7, bodyDelay: 5}, `${head}0123456789`, 'fin'],
	[
		{...redirect, interim: [{status: 103}]},
		`HTTP/1.1 103 Early Hints\r\n\r\n${head}0123456789`,
		'fin',
	],
];

function doubleWith(response: Response) {
	const routes = [{request: '* https://api.example.test/x', response}];
	return startDouble({name: 'broken', routes}, {tls: true});
}

for (const [response, text, ending] of faults) {
	const {fault, packetSize, interim} = response;
	test(`inside TLS with ${JSON.stringify({fault, packetSize, interim})} a client sees the same bytes and ${ending}`, async t => {
		await using double = await doubleWith(response);
		const {hostname, port} = new URL(double.url);
		const socket = connect({host: hostname, port: Number(port), rejectUnauthorized: false});
		await once(socket, 'secureConnect');
		const wire = watch(socket);
		socket.write(headOf(['POST /x HTTP/1.1', 'Host: h']));
		const seen = await wire;
		t.is(seen.text, text);
		t.is(seen.ending, ending);
		const exchange = await double.journal.waitFor(({sealed}) => sealed);
		t.is(exchange.response?.complete, fault === undefined);
	});
}

for (const [response, code] of [
	[{...redirect, fault: 'reset-after-head'}, 2],
	[{...redirect, packetSize: 3}, 0],
] as const)
	test(`HTTP/2 inside TLS with ${JSON.stringify({...response, headers: undefined})} ends with code ${code}`, async t => {
		await using double = await doubleWith(response);
		const wire = await askHttp2(`${double.url}/x`, 'POST', {rejectUnauthorized: false});
		t.is(wire.head?.[':status'], 307);
		t.is(wire.code, code);
	});
