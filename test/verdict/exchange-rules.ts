import {AssertionError} from 'node:assert';
import test from 'ava';
import {harmOf} from '../../src/grading/harm.ts';
import type {Exchange} from '../../src/journal/exchange.ts';
import {assertFollowedThrough} from '../../src/verdict/assert.ts';
import {assertNoneFollowed} from '../../src/verdict/assert-declined.ts';
import {judge, judgeHop} from '../../src/verdict/judge.ts';
import {formatVerdict} from '../../src/verdict/report.ts';
import {around, buildExchange, hopOf} from '../helpers/build-hop.ts';

const [old, moved] = ['https://api.example.test/v1', 'https://api.example.test/v2'];
const key = {headers: {'Idempotency-Key': 'k1'}};
const pointless = (number: number, request = `GET ${old}`) =>
	buildExchange(number, {request, ...key}, {status: 307, headers: [['Refresh', '0;url=/v2']]});
const misled = [pointless(1), buildExchange(2, {request: `GET ${moved}`, ...key}, {status: 200})];
const waited = {within: 10, waited: true};
const finding = {
	exchange: 1,
	rule: 'only-location-followed',
};

test('a verdict without a hop has the findings about exchanges, which name no hop', t => {
	const verdict = judge(around([], {}, misled));
	t.deepEqual(verdict.hops, {followed: 0, declined: 0, waiting: 0});
	t.is(verdict.broken.length, 1);
	const [broken] = verdict.broken;
	t.like(broken, {rule: 'only-location-followed', about: undefined, outcome: 'broken'});
	t.deepEqual(broken?.exchanges, [1]);
	t.false('hop' in (broken ?? {}));
	t.true(Object.isFrozen(broken));
});

test('findings about exchanges stand behind those about hops, and are none of a hop', t => {
	const redirect = buildExchange(3, {request: `GET ${old}`}, {status: 307, location: '/v3'});
	const followUp = buildExchange(4, {request: 'HEAD https://api.example.test/v3'}, {status: 200});
	const hop = hopOf(1, redirect, followUp);
	const surroundings = around([hop], {}, misled);
	t.deepEqual(
		judge(surroundings).broken.map(({rule, hop}) => [rule, hop]),
		[
			['method-preserved', 1],
			['only-location-followed', undefined],
		],
	);
	t.false(judgeHop(hop, surroundings).some(({rule}) => rule === 'only-location-followed'));
});

test('a report tells the exchange, and what broke the rule', t => {
	const surroundings = around([], {}, misled);
	t.is(
		formatVerdict(judge(surroundings), surroundings),
		`
Scenario "api-move": no redirect; rules: 1 broken, 0 kept, 0 not observed.

exchange 1
  sent      GET https://api.example.test/v1                                               exchange 1
  was told  307 Temporary Redirect

  ✗ only-location-followed (de facto): A client follows a redirect only by its Location, and
    nowhere when there is none.
      expected      nothing more: the 307 has no Location
      actual        exchange 2: GET https://api.example.test/v2
      likely cause  the client, or its caller, took Refresh for a Location
      source        Fetch Standard, HTTP-redirect fetch, step 4: "If locationURL is null, then
                    return response."
      see           node_modules/followthrough/docs/rules/only-location-followed.md
`.trim(),
	);
});

test('without the exchanges, a report tells the breach alone', t => {
	const text = formatVerdict(judge(around([], {}, misled)));
	t.true(text.includes('\n\n✗ only-location-followed (de facto)'));
});

test('of an assertion that everything was followed, the breach is a line that names the exchange', t => {
	const error = t.throws(() => assertFollowedThrough(around([], {}, misled)), {
		instanceOf: AssertionError,
	});
	t.deepEqual(error.actual, [
		{redirects: 'none'},
		{...finding, value: 'exchange 2: GET https://api.example.test/v2'},
	]);
	t.deepEqual(error.expected, [
		{redirects: 'at least one'},
		{...finding, value: 'nothing more: the 307 has no Location'},
	]);
	t.true(error.message.includes('✗ only-location-followed'));
	t.true(error.message.includes('so there is nothing to follow'));
});

test('beside a hop that was followed well, the breach of an exchange fails the assertion', t => {
	const redirect = buildExchange(3, {request: `GET ${old}`}, {status: 307, location: '/v3'});
	const followUp = buildExchange(4, {request: 'GET https://api.example.test/v3'}, {status: 200});
	const surroundings = around([hopOf(1, redirect, followUp)], {}, misled);
	const error = t.throws(() => assertFollowedThrough(surroundings), {instanceOf: AssertionError});
	t.deepEqual(error.actual, [{...finding, value: 'exchange 2: GET https://api.example.test/v2'}]);
});

test('a redirect without a Location that was followed all the same was not declined', t => {
	const error = t.throws(() => assertNoneFollowed(around([], {}, misled), waited), {
		instanceOf: AssertionError,
	});
	t.is(error.actual, 'followed');
	t.true(error.message.startsWith('The client sent a request because of a redirect'));
	t.true(error.message.includes('✗ only-location-followed'));
});

test('another request after it proves nothing, and a client that sends none has declined', t => {
	const other = buildExchange(2, {request: 'GET https://api.example.test/v9'}, {status: 200});
	const error = t.throws(() => assertNoneFollowed(around([], {}, [pointless(1), other]), waited), {
		instanceOf: AssertionError,
	});
	t.is(error.actual, 'not observed');
	t.notThrows(() => assertNoneFollowed(around([], {}, [pointless(1)]), waited));
});

test('what a breach does to those who rely on the client is known without a hop', t => {
	const surroundings = around([], {}, misled);
	const [broken] = judge(surroundings).broken;
	if (broken === undefined) return t.fail();
	return t.is(
		harmOf(broken, {...surroundings, isReportedWell: () => true}),
		'another resource than the one named',
	);
});

test('twice as many exchanges cost twice as many looks, not more', t => {
	const looks = (count: number) => {
		let looked = 0;
		const watched = (exchange: Exchange): Exchange =>
			new Proxy(exchange, {
				get(target, name) {
					looked++;
					return Reflect.get(target, name);
				},
			});
		const exchanges = Array.from({length: count}, (_, index) =>
			watched(
				index % 2
					? buildExchange(
							index + 1,
							{request: `POST ${old}`, ...key},
							{status: 307, fault: 'garbage'},
						)
					: pointless(index + 1),
			),
		);
		const plain = around([], {}, exchanges);
		judge(plain);
		return looked;
	};
	const [one, two] = [looks(500), looks(1000)];
	t.true(two < 2.5 * one, `${one} looks at 500 exchanges, ${two} at 1,000`);
});
