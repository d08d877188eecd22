import type {HeaderLine} from '../../../src/http/header-lines.ts';
import {notCachedWithoutFreshness} from '../../../src/verdict/rules/not-cached-without-freshness.ts';
import {redirectRuleTests} from '../../helpers/rule-table.ts';
import {laterCall, moved, old, storedHop} from '../../helpers/stored-redirect.ts';

const again = laterCall(`GET ${moved}`);
const control = (value: string): HeaderLine[] => [['Cache-Control', value]];
const goesOn = {
	reason:
		'a later request went to the address that the redirect had named, which a program may go on to use; grading would tell',
};
const stored = {
	expected: `a later call that begins at ${old}`,
	actual: `exchange 3: GET ${moved}`,
	cause: 'the client, or a cache in it, kept a redirect that says nothing of how long it holds',
};

redirectRuleTests(notCachedWithoutFreshness, [
	[
		'a later call at the original address keeps it',
		storedHop(),
		'kept',
		{others: [laterCall(`GET ${old}`)]},
	],
	['a token that comes again breaks it', storedHop(), stored, {others: [again]}],
	['so on 302', storedHop({status: 302}), stored, {others: [again]}],
	[
		'so on 303, where a call was to begin at the old address',
		storedHop({status: 303}),
		stored,
		{others: [again], asked: {1: old, 3: old}},
	],
	['what a 303 named may be looked at again', storedHop({status: 303}), goesOn, {others: [again]}],
	['what HEAD has found may be fetched', storedHop({method: 'HEAD'}), goesOn, {others: [again]}],
	[
		'the rest of a response may be asked for where it was found',
		storedHop(),
		goesOn,
		{others: [laterCall(`GET ${moved}`, {headers: {'User-Agent': 'app/1', Range: 'bytes=10-'}})]},
	],
	[
		'a graded call may send more than one request',
		storedHop(),
		goesOn,
		{others: [again], asked: {1: old}},
	],
	[
		'no-store is no permission',
		storedHop({fields: control('no-store, max-age=60')}),
		stored,
		{others: [again]},
	],
	['301 is heuristically cacheable', storedHop({status: 301}), 'not asked', {others: [again]}],
	['308 is heuristically cacheable', storedHop({status: 308}), 'not asked', {others: [again]}],
	...['max-age=60', 'max-age=0', 's-maxage=60', 'public', 'private', 'Public, no-cache'].map(
		value =>
			[
				`Cache-Control: ${value} allows to store it`,
				storedHop({fields: control(value)}),
				'not asked',
				{others: [again]},
			] as const,
	),
	[
		'Expires allows to store it',
		storedHop({fields: [['Expires', '0']]}),
		'not asked',
		{others: [again]},
	],
	[
		'the redirect of a POST is not its matter',
		storedHop({method: 'POST'}),
		'not asked',
		{others: [again]},
	],
	['without a token nobody could tell', storedHop({token: ''}), 'not asked', {others: [again]}],
	[
		'a POST with the token is not its matter',
		storedHop(),
		{reason: 'no later call came from which it could be seen'},
		{others: [laterCall(`POST ${moved}`)]},
	],
	[
		'a call at the original address before that keeps it',
		storedHop(),
		'kept',
		{others: [laterCall(`GET ${old}`), laterCall(`GET ${moved}`, {}, 4)]},
	],
	[
		'a follow-up that had failed may come again',
		storedHop({outcome: 503}),
		{
			reason:
				'the redirect was used again, but it may be the follow-up once more, which had not succeeded',
		},
		{others: [again]},
	],
	[
		'a journal that dropped exchanges shows no absence',
		storedHop(),
		{reason: 'the journal has dropped 9 exchanges, and no later call is left in it'},
		{dropped: 9},
	],
]);
