import type {HeaderLines} from '../../../src/http/header-lines.ts';
import {unsafeInvalidates} from '../../../src/verdict/rules/unsafe-invalidates.ts';
import {buildExchange} from '../../helpers/build-hop.ts';
import {redirectRuleTests} from '../../helpers/rule-table.ts';
import {laterCall, moved, old, storedHop} from '../../helpers/stored-redirect.ts';

const fields: HeaderLines = [['Cache-Control', 'max-age=60']];
const hop = storedHop({fields});
const changed = (method = 'POST', status = 200) =>
	buildExchange(3, {request: `${method} ${old}`, headers: {'User-Agent': 'app/1'}}, {status});
const use = laterCall(`GET ${moved}`, {}, 4);
const kept = (method = 'POST') => ({
	expected: `a later call that begins at ${old}, as exchange 3, ${method}, has changed what is there`,
	actual: `exchange 4: GET ${moved}`,
	cause:
		'the client, or a cache in it, does not look at what it has stored when it sends an unsafe request',
});
const nothingChanged = {
	reason: 'no unsafe request to the same address succeeded after the redirect',
};

redirectRuleTests(unsafeInvalidates, [
	['a use of the redirect after a POST breaks it', hop, kept(), {others: [changed(), use]}],
	['so after a DELETE', hop, kept('DELETE'), {others: [changed('DELETE'), use]}],
	['a redirected POST is no error', hop, kept(), {others: [changed('POST', 307), use]}],
	[
		'a call at the original address after the POST keeps it',
		hop,
		'kept',
		{others: [changed(), laterCall(`GET ${old}`, {}, 4)]},
	],
	[
		'a POST that failed changes nothing',
		hop,
		nothingChanged,
		{others: [changed('POST', 409), use]},
	],
	['a GET changes nothing', hop, nothingChanged, {others: [changed('GET'), use]}],
	[
		'a use before the POST shows nothing',
		hop,
		{reason: 'no later call came after the unsafe request'},
		{
			others: [
				laterCall(`GET ${moved}`, {}, 3),
				buildExchange(4, {request: `POST ${old}`, headers: {'User-Agent': 'app/1'}}, {status: 200}),
			],
		},
	],
	['a redirect that may not be stored is not its matter', storedHop(), 'not asked'],
	[
		'a redirect that is stale at once is not its matter',
		storedHop({fields: [['Cache-Control', 'max-age=0']]}),
		'not asked',
	],
	['the redirect of a POST is not its matter', storedHop({method: 'POST', fields}), 'not asked'],
	['without a token nobody could tell', storedHop({token: '', fields}), 'not asked'],
]);
