import type {HeaderLine} from '../../../src/http/header-lines.ts';
import {staleRedirectNotReused} from '../../../src/verdict/rules/stale-redirect-not-reused.ts';
import {redirectRuleTests} from '../../helpers/rule-table.ts';
import {laterCall, moved, old, storedHop} from '../../helpers/stored-redirect.ts';

const control = (value: string): HeaderLine[] => [['Cache-Control', value]];
const minute = storedHop({fields: control('max-age=60')});
const atOnce = storedHop({fields: control('max-age=0')});
const use = (at: number, headers: Record<string, string> = {}) =>
	laterCall(`GET ${moved}`, {at, headers: {'User-Agent': 'app/1', ...headers}});
const reused = (limit: string, later = '') => ({
	expected: `a call that begins at ${old}, as the redirect is stale ${limit}`,
	actual: `exchange 3: GET ${moved}${later}`,
	cause: 'the client, or a cache in it, does not look at how long the redirect holds',
});
const tooEarly = {reason: 'no later call came after the redirect had become stale'};
const nothing = {reason: 'no later call came from which it could be seen'};
const allowed = {reason: 'the redirect, or the later request, allows a stale response'};

redirectRuleTests(staleRedirectNotReused, [
	[
		'a use after its time breaks it',
		minute,
		reused('after 60 s', ', 63 s later'),
		{others: [use(63_016)]},
	],
	['a use within its time shows nothing', minute, tooEarly, {others: [use(59_000)]}],
	[
		'a use within two seconds after its time shows nothing',
		minute,
		tooEarly,
		{others: [use(61_500)]},
	],
	[
		'a call at the original address after its time keeps it',
		minute,
		'kept',
		{others: [laterCall(`GET ${old}`, {at: 63_016})]},
	],
	[
		'a call at the original address within its time shows nothing',
		minute,
		tooEarly,
		{others: [laterCall(`GET ${old}`, {at: 1000})]},
	],
	[
		'the first use after its time counts, whatever came before',
		minute,
		reused('after 60 s', ', 63 s later'),
		{others: [laterCall(`GET ${moved}`, {at: 1000}, 4), use(63_016)]},
	],
	['max-age=0 is stale at once', atOnce, reused('at once'), {others: [use(30)]}],
	[
		'of max-age=0 a call at the original address keeps it',
		atOnce,
		'kept',
		{others: [laterCall(`GET ${old}`)]},
	],
	['of max-age=0 no later call shows anything', atOnce, nothing],
	[
		'Age is taken from its time',
		storedHop({fields: [...control('max-age=60'), ['Age', '60']]}),
		reused('at once'),
		{others: [use(30)]},
	],
	[
		'no-cache holds for no time',
		storedHop({fields: control('public, no-cache')}),
		reused('at once'),
		{others: [use(30)]},
	],
	[
		'an Expires that is no date has passed',
		storedHop({fields: [['Expires', '0']]}),
		reused('at once'),
		{others: [use(30)]},
	],
	[
		'a permanent redirect that names its time becomes stale',
		storedHop({status: 308, fields: control('max-age=0')}),
		reused('at once'),
		{others: [use(30)]},
	],
	[
		'of an Expires with a date nothing is said',
		storedHop({fields: [['Expires', 'Thu, 01 Jan 2026 00:00:00 GMT']]}),
		'not asked',
	],
	['public alone names no time', storedHop({fields: control('public')}), 'not asked'],
	['without a time it is not its matter', storedHop(), 'not asked'],
	['no-store is not its matter', storedHop({fields: control('no-store')}), 'not asked'],
	[
		'300 is no redirect status',
		storedHop({status: 300, fields: control('max-age=0')}),
		'not asked',
	],
	[
		'without a token nobody could tell',
		storedHop({token: '', fields: control('max-age=0')}),
		'not asked',
	],
	[
		'stale-while-revalidate allows it',
		storedHop({fields: control('max-age=0, stale-while-revalidate=30')}),
		allowed,
		{others: [use(30)]},
	],
	['max-stale allows it', atOnce, allowed, {others: [use(30, {'Cache-Control': 'max-stale=60'})]}],
	[
		'a follow-up that had failed may come again',
		storedHop({fields: control('max-age=0'), outcome: 401}),
		{
			reason:
				'the redirect was used again, but it may be the follow-up once more, which had not succeeded',
		},
		{others: [use(30)]},
	],
]);
