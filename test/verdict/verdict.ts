import assert from 'node:assert/strict';
import {inspect} from 'node:util';
import test from 'ava';
import {judge} from '../../src/verdict/judge.ts';
import {rules} from '../../src/verdict/rules/index.ts';
import type {Verdict} from '../../src/verdict/verdict.ts';
import {around, buildExchange, buildHop} from '../helpers/build-hop.ts';

const [old, moved] = ['https://api.example.test/v1', 'https://api.example.test/v2'];
const hop = buildHop(
	{request: `PUT ${old}`, headers: {'User-Agent': 'one/1'}},
	{status: 307, location: moved},
	{request: `GET ${moved}`, headers: {'User-Agent': 'one/1'}},
);

/** The same without a getter. */
function plain({scenario, hops, dropped, broken, kept, notObserved}: Verdict): Verdict {
	return {scenario, hops, dropped, broken, kept, notObserved};
}

test('a verdict is data to all that read it', t => {
	const verdict = judge(around([hop]));
	const data = plain(judge(around([hop])));
	t.true(data.kept.length > 0 && data.notObserved.length > 0);
	t.deepEqual(verdict, data);
	t.notThrows(() => assert.deepEqual(verdict, data));
	t.deepEqual({...verdict}, data);
	t.deepEqual(Object.keys(verdict), Object.keys(data));
	t.is(JSON.stringify(verdict), JSON.stringify(data));
	t.deepEqual(structuredClone(verdict), data);
	t.is(inspect(verdict, {depth: 5}), inspect(data, {depth: 5}));
});

test('a verdict that differs is told from another', t => {
	const verdict = judge(around([hop]));
	t.throws(() => assert.deepEqual(verdict, {...verdict, kept: []}), {code: 'ERR_ASSERTION'});
});

test('the lists of a verdict are made once, and are frozen', t => {
	const verdict = judge(around([hop]));
	for (const list of ['broken', 'kept', 'notObserved'] as const) {
		t.is(verdict[list], verdict[list]);
		t.true(Object.isFrozen(verdict[list]));
		t.true(verdict[list].every(finding => Object.isFrozen(finding)));
	}
	t.true(rules.every(({source}) => Object.isFrozen(source)));
});

test('a verdict is of the journal as it was, whenever its lists are read', t => {
	const exchanges = [hop.redirect, hop.followUp];
	const verdict = judge({...around([hop]), exchanges});
	const again = {request: `PUT ${old}`, headers: {'User-Agent': 'one/1'}};
	exchanges.push(buildExchange(3, again, {status: 200}));
	const outcomeOf = ({kept, notObserved}: Verdict) =>
		[...kept, ...notObserved].find(({rule}) => rule === 'original-address-kept-in-use')?.outcome;
	t.is(outcomeOf(verdict), 'not observed');
	t.is(outcomeOf(judge({...around([hop]), exchanges})), 'kept');
});
