import test from 'ava';
import {listExchanges} from '../../src/journal/list-exchanges.ts';
import {buildExchange, type ResponseData} from '../helpers/build-hop.ts';

const url = 'https://api.example.test/v1';
const listed = (response: ResponseData) =>
	listExchanges([buildExchange(1, {request: `GET ${url}`}, response)]);

const rows = [
	['reset-before-head', 307, 'no response: a reset in place of 307, as scripted'],
	['garbage', 200, 'garbage in place of a response, as scripted'],
	['reset-in-head', 307, '307; a reset in the middle of the head, as scripted'],
	['truncated', 200, '200; the content was cut short, as scripted'],
] as const;

for (const [fault, status, told] of rows)
	test(`a list of exchanges tells ${fault} as what went out`, t => {
		t.is(listed({status, fault}), `  exchange 1: GET ${url} -> ${told}`);
	});

test('a list of exchanges says why bytes are no HTTP, masked and escaped', t => {
	const exchange = buildExchange(1, {request: `GET ${url}`});
	const malformed = {code: 'X', message: 'no\n http://me:pw@a/', bytes: new Uint8Array()};
	const request = {...exchange.request, method: '', malformed};
	t.is(
		listExchanges([{...exchange, request}]),
		'  exchange 1: bytes that are no HTTP (X), not answered: no\\n http://***@a/',
	);
});

test('a list of exchanges says why no route took one', t => {
	const exchange = buildExchange(1, {request: `GET ${url}`}, {status: 502});
	const list = (miss: {nearest?: string; reasons: string[]}) =>
		listExchanges([{...exchange, miss: {...miss, likely: []}}]);
	const start = `  exchange 1: GET ${url} -> 502: `;
	t.is(list({reasons: ['no such origin.', 'more']}), `${start}no such origin.`);
	t.is(list({reasons: []}), `${start}no route matches`);
	t.is(list({nearest: 'GET a', reasons: []}), `${start}no route matches; the nearest is GET a`);
});
