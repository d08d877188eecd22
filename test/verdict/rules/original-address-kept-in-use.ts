import type {HeaderLines} from '../../../src/http/header-lines.ts';
import {originalAddressKeptInUse} from '../../../src/verdict/rules/original-address-kept-in-use.ts';
import {buildExchange, buildHop, hopOf, type RequestData} from '../../helpers/build-hop.ts';
import {hopRuleTests} from '../../helpers/rule-table.ts';

const [old, moved] = ['https://api.example.test/v1', 'https://api.example.test/v2'];
const headers = {'User-Agent': 'app/1'};
const hop = (method = 'POST', status = 307, fields: HeaderLines = [], token?: string) =>
	buildHop(
		{request: `${method} ${old}`, headers},
		{status, location: moved, headers: fields},
		{request: `${method} ${moved}`, headers, ...(token !== undefined && {hopToken: token})},
	);
const later = (url: string, more: Partial<RequestData> = {}, number = 3) =>
	buildExchange(number, {request: `POST ${url}`, headers, ...more}, {status: 200});
const get = {request: `GET ${moved}`};
const meant =
	'a later call went straight to the temporary address, and the wire does not show whether the client remembered it or was told to; tagged links would';
const silent = {reason: 'no later call came from which it could be seen'};
const skipped = () => ({
	expected: `a later call that begins at ${old}`,
	actual: `exchange 3: POST ${moved}`,
	cause: 'the client stored the temporary address in the place of the original one',
});
const cacheable: HeaderLines = [['Cache-Control', 'max-age=60']];

hopRuleTests(originalAddressKeptInUse, [
	['a later call at the original address keeps it', hop(), 'kept', {others: [later(old)]}],
	['303 is not its matter', hop('GET', 303), 'not asked'],
	['without a later call it is not observed', hop(), silent],
	[
		'a journal that dropped exchanges shows no absence',
		hop(),
		{reason: 'the journal has dropped 9 exchanges, and no later call is left in it'},
		{dropped: 9},
	],
	[
		'a later call straight to the temporary address may have been meant',
		hop(),
		{reason: meant},
		{others: [later(moved), later(old, {}, 4)]},
	],
	[
		'a call of another user agent shows nothing',
		hop(),
		silent,
		{others: [later(moved, {headers: {'User-Agent': 'other'}})]},
	],
	[
		'a hop token that comes again breaks it',
		hop('POST', 307, [], 't1'),
		skipped(),
		{others: [later(moved, {hopToken: 't1'})]},
	],
	[
		'what a POST has made may be fetched where it was made',
		hop('POST', 307, [], 't1'),
		{
			reason:
				'a later request went to the address that the redirect had named, which a program may go on to use; grading would tell',
		},
		{others: [later(moved, {...get, hopToken: 't1'})]},
	],
	[
		'a cacheable redirect of a GET may be used again while it is fresh',
		hop('GET', 307, cacheable, 't1'),
		{reason: 'the redirect was explicitly cacheable'},
		{others: [later(moved, {...get, hopToken: 't1'})]},
	],
	[
		'a redirect of a GET that was stored is a matter of caches',
		hop('GET', 307, cacheable, 't1'),
		{
			reason:
				'the stored redirect itself was used again, of which the rules about stored redirects speak',
		},
		{others: [later(moved, {...get, hopToken: 't1', at: 60_016})]},
	],
	[
		'a cacheable redirect of a POST may not be used again',
		hop('POST', 307, cacheable, 't1'),
		skipped(),
		{others: [later(moved, {hopToken: 't1'})]},
	],
	['a 308 may be remembered', hop('POST', 308), {reason: 'a 308 may be remembered'}],
	[
		'a 302 is temporary too',
		hop('POST', 302, [], 't1'),
		skipped(),
		{others: [later(moved, {hopToken: 't1'})]},
	],
	[
		'a repeated follow-up that had failed is not observed',
		unavailable(),
		{
			reason:
				'a later call went straight to the temporary address, but it may be the follow-up once more, which had not succeeded',
		},
		{others: [later(moved)]},
	],
]);

function unavailable() {
	const {redirect, followUp} = hop();
	const then = buildExchange(2, {request: `POST ${moved}`, headers}, {status: 503});
	return hopOf(1, redirect, {...followUp, ...then});
}
