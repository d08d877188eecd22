import test from 'ava';
import fc from 'fast-check';
import {tokenParameter, withoutToken, withToken} from '../../src/http/hop-token.ts';

const rows = [
	['/users', '/users?followthrough-hop=t'],
	['/users?', '/users?&followthrough-hop=t'],
	['/users?a=1', '/users?a=1&followthrough-hop=t'],
	['/users?a=1#top', '/users?a=1&followthrough-hop=t#top'],
	['/users#top?', '/users?followthrough-hop=t#top?'],
	['https://api.example.test', 'https://api.example.test?followthrough-hop=t'],
	['?a=1', '?a=1&followthrough-hop=t'],
	['//host/x', '//host/x?followthrough-hop=t'],
] as const;

for (const [location, tagged] of rows)
	test(`"${location}" carries its token at the end of its query`, t => {
		t.is(withToken(location, 't'), tagged);
		t.deepEqual(withoutToken(tagged), {target: location, token: 't'});
	});

test('white space behind a Location stays behind its token', t => {
	t.is(withToken(' /users \t', 't'), ' /users?followthrough-hop=t \t');
	t.is(withToken('/users#a ', 't'), '/users?followthrough-hop=t#a ');
});

test('a token that a client moved to the front or the middle is found', t => {
	const moved = [
		['/x?followthrough-hop=t&a=1', '/x?a=1'],
		['/x?a=1&followthrough-hop=t&b=2', '/x?a=1&b=2'],
		['/x?followthrough-hop=t', '/x'],
		['/x?followthrough-hop=', '/x'],
	] as const;
	for (const [target, without] of moved) t.is(withoutToken(target).target, without);
});

test('a target without a token is as it was', t => {
	for (const target of ['/x', '/x?a=1', '/followthrough-hop=t', '/x?my-followthrough-hop=t', '*'])
		t.deepEqual(withoutToken(target), {target});
});

const target = fc
	.oneof(
		fc.string(),
		fc.stringMatching(/^[/?#&=a-z]*$/),
		fc.array(fc.constantFrom('/', '?', '#', '&', '=', 'a', '%20')).map(parts => parts.join('')),
	)
	// No target ends in white space: a field's value has none at its end.
	.filter(text => !text.includes(tokenParameter) && !/[\t ]$/.test(text));

test('a token comes off any target and leaves it byte for byte', t => {
	fc.assert(
		fc.property(target, fc.stringMatching(/^[\w-]+$/), (text, token) => {
			const without = withoutToken(withToken(text, token));
			return without.target === text && without.token === token;
		}),
		{numRuns: 1000},
	);
	t.pass();
});
