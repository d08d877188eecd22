import test from 'ava';
import {Linker} from '../../src/journal/linker.ts';
import {PlacedRequests} from '../../src/journal/placed-requests.ts';
import type {Candidate} from '../../src/journal/redirect.ts';
import {TierIndex} from '../../src/journal/tier-index.ts';
import {SimulatedDouble} from '../helpers/simulated-traffic.ts';

const url = 'https://api.example.test/x';
const double = new SimulatedDouble(new Map());
const linker = new Linker([]);

/** A request that came after the only redirect. */
function request(): Candidate {
	const {exchange} = double.begin({method: 'PUT', url, headers: [], connection: 1});
	return {exchange, traits: linker.traits(exchange), redirectsBefore: 1, matched: true};
}

const resolved = {origin: 'https://api.example.test', targets: ['/x']};
const redirect = linker.wait(1, request(), {status: 307, resolved, token: undefined});

/** One tier in which all requests meet all redirects. */
function placedBySameKey(): PlacedRequests {
	const keys = () => ['same'];
	const tier = {name: 'same', keysOfRedirect: keys, keysOfRequest: keys};
	return new PlacedRequests([new TierIndex(tier, 0, 0, () => undefined)]);
}

test('requests that are tied as strongly are looked at once, until they are placed anew', t => {
	const placed = placedBySameKey();
	const requests = Array.from({length: 100}, request);
	for (const each of requests) placed.add(each);
	let looks = 0;
	const tied = () => {
		looks++;
		return 0;
	};
	for (let times = 0; times < 10; times++) t.is(placed.wanting(redirect, tied), undefined);
	t.is(looks, 100);
	const [first] = requests;
	if (first === undefined) return t.fail();
	placed.add(first);
	t.is(
		placed.wanting(redirect, () => Number.POSITIVE_INFINITY),
		first,
	);
});

test('what was placed and deleted is found no more', t => {
	const placed = placedBySameKey();
	const [one, other] = [request(), request()];
	placed.add(one);
	placed.add(other);
	placed.delete(one.exchange);
	const untied = () => Number.POSITIVE_INFINITY;
	t.is(placed.wanting(redirect, untied), other);
	placed.delete(other.exchange);
	t.is(placed.wanting(redirect, untied), undefined);
	placed.add(one);
	t.is(placed.wanting(redirect, untied), one);
});
