import type {HeaderLines} from '../../../src/http/header-lines.ts';
import {unsafeNotFromCache} from '../../../src/verdict/rules/unsafe-not-from-cache.ts';
import {redirectRuleTests} from '../../helpers/rule-table.ts';
import {laterCall, moved, old, storedHop} from '../../helpers/stored-redirect.ts';

const fields: HeaderLines = [['Cache-Control', 'max-age=60']];
const used = (method: string, from = 'GET') => ({
	expected: `${method} ${old}`,
	actual: `exchange 3: ${method} ${moved}`,
	cause: `the client answered ${method} with the stored redirect of a ${from}`,
});
const goesOn = {
	reason:
		'a later request went to the address that the redirect had named, which a program may go on to use; grading would tell',
};
const nothing = {reason: 'no later call came from which it could be seen'};

redirectRuleTests(unsafeNotFromCache, [
	...['POST', 'PUT', 'PATCH', 'DELETE'].map(
		method =>
			[
				`${method} with the token of a GET breaks it`,
				storedHop({fields}),
				used(method),
				{others: [laterCall(`${method} ${moved}`)], asked: {1: old, 3: old}},
			] as const,
	),
	[
		'a redirect of HEAD is one of a retrieval',
		storedHop({method: 'HEAD'}),
		used('POST', 'HEAD'),
		{others: [laterCall(`POST ${moved}`)], asked: {1: old, 3: old}},
	],
	[
		'a form may be sent to where its page was found',
		storedHop({fields}),
		goesOn,
		{others: [laterCall(`POST ${moved}`)]},
	],
	[
		'so it may within one graded call',
		storedHop({fields}),
		goesOn,
		{others: [laterCall(`POST ${moved}`)], asked: {1: old}},
	],
	[
		'POST at the original address keeps it',
		storedHop({fields}),
		'kept',
		{others: [laterCall(`POST ${old}`)]},
	],
	[
		'GET with the token is not its matter',
		storedHop({fields}),
		nothing,
		{others: [laterCall(`GET ${moved}`)]},
	],
	[
		'a method of which we know nothing is not its matter',
		storedHop({fields}),
		nothing,
		{others: [laterCall(`REPORT ${moved}`)]},
	],
	['without a later call nothing is observed', storedHop({fields}), nothing],
	[
		'the redirect of a POST is not its matter',
		storedHop({method: 'POST'}),
		'not asked',
		{others: [laterCall(`POST ${moved}`)]},
	],
	[
		'without a token nobody could tell',
		storedHop({token: ''}),
		'not asked',
		{others: [laterCall(`POST ${moved}`)]},
	],
]);
