import test from 'ava';
import fc from 'fast-check';
import {Causes} from '../../src/journal/causes.ts';
import {Expectations} from '../../src/journal/expectation.ts';
import type {Redirect} from '../../src/journal/redirect.ts';
import {TraitsReader} from '../../src/journal/traits.ts';
import {buildExchange} from '../helpers/build-hop.ts';

const request = {request: 'GET https://api.example.test/x'};
const resolved = {origin: 'https://api.example.test', targets: ['/y']};
const traits = new TraitsReader([]).of(buildExchange(1, request));
const expectation = new Expectations().of(traits, {status: 307, resolved, token: undefined});

/** A redirect that an exchange of this number has followed. */
function followedBy(number: number): {
	redirect: Redirect;
	followUp: ReturnType<typeof buildExchange>;
} {
	const followUp = buildExchange(number, request);
	const tie = {rank: 0, evidence: [], rivals: 0};
	const claim = {followUp, tie, redirectsBefore: 1, matched: true};
	const exchange = buildExchange(1, request);
	const state = {filed: 0, state: 'open'} as const;
	return {redirect: {number: 1, exchange, expectation, ...claim, ...state}, followUp};
}

test('a cause is found as long as it is not deleted, and for the very exchange alone', t => {
	const number = fc.oneof(fc.integer({min: 1, max: 6}), fc.integer({min: 250, max: 260}));
	fc.assert(
		fc.property(fc.array(fc.tuple(number, fc.boolean())), steps => {
			const causes = new Causes();
			const all = new Map<number, ReturnType<typeof followedBy>>();
			for (const [at, sets] of steps) {
				const before = all.get(at);
				if (sets) {
					const next = followedBy(at);
					causes.set(next.followUp, next.redirect);
					all.set(at, next);
				} else {
					t.is(causes.delete(buildExchange(at, request)), before !== undefined);
					all.delete(at);
				}
				for (const {redirect, followUp} of all.values()) t.is(causes.of(followUp), redirect);
				if (before !== undefined) t.is(causes.of(before.followUp), undefined);
			}
		}),
	);
});
