import test from 'ava';
import {judgeHop} from '../../src/verdict/judge.ts';
import {around, buildExchange, hopOf} from '../helpers/build-hop.ts';

const [a, b, c] = ['https://a.example.test', 'https://b.example.test', 'https://c.example.test'];
const secrets = {Authorization: 'Bearer s3cret', Cookie: 'sid=1'};

/** What is said of each hop of a client that takes its secrets along, from origin to origin. */
function said(origins: readonly string[], headersAt: (index: number) => Record<string, string>) {
	const exchanges = origins.map((origin, i) => {
		const next = origins[i + 1];
		return buildExchange(
			i + 1,
			{request: `GET ${origin}/${i}`, headers: headersAt(i)},
			next === undefined ? {status: 200} : {status: 307, location: `${next}/${i + 1}`},
		);
	});
	const hops = exchanges.slice(1).flatMap((followUp, i) => {
		const redirect = exchanges[i];
		return redirect ? [hopOf(i + 1, redirect, followUp)] : [];
	});
	const surroundings = around(hops);
	const rules = ['authorization-withheld', 'cookie-withheld'];
	return hops.map(hop =>
		judgeHop(hop, surroundings)
			.filter(({rule}) => rules.includes(rule))
			.map(({outcome}) => outcome),
	);
}

const both = (outcome: string) => [outcome, outcome];

test('secrets that leaked and come back home leaked once', t => {
	t.deepEqual(
		said([a, b, a], () => secrets),
		[both('broken'), both('not observed')],
	);
});

test('secrets that go on from home to another origin leak again', t => {
	t.deepEqual(
		said([a, b, a, c], () => secrets),
		[both('broken'), both('not observed'), both('broken')],
	);
});

test('an origin that was visited without the secrets is not their home', t => {
	t.deepEqual(
		said([b, a, b], i => (i === 0 ? {} : secrets)),
		[[], both('broken')],
	);
});
