import {methodDoesNotReturn} from '../../../src/verdict/rules/method-does-not-return.ts';
import {buildExchange, hopOf, type RequestData} from '../../helpers/build-hop.ts';
import {chainRuleTests} from '../../helpers/rule-table.ts';

const api = 'https://api.example.test';
const json = {'Content-Type': 'application/json'};
const post = {method: 'POST', headers: json, body: '{"a":1}'};
const get = {method: 'GET'};

type Sent = Partial<RequestData> & {readonly method: string};

/** Requests in turn, each answered with the status beside it. */
const chain = (rows: readonly (readonly [sent: Sent, status: number])[]) => {
	const exchanges = rows.map(([{method, ...data}, status], i) =>
		buildExchange(
			i + 1,
			{request: `${method} ${api}/${i}`, ...data},
			{status, ...(status >= 300 && {location: `/${i + 1}`})},
		),
	);
	return exchanges.slice(1).flatMap((followUp, i) => {
		const redirect = exchanges[i];
		return redirect ? [hopOf(i + 1, redirect, followUp)] : [];
	});
};
const back = (actual: string) => ({
	expected: 'a GET without content, as after the first redirect',
	actual,
	cause: 'each follow-up is made from the first request, and not from the one that was redirected',
});
const told = (what: string) => ({reason: `exchange 3 has ${what}`});

chainRuleTests(methodDoesNotReturn, [
	[
		'one hop is not its matter',
		chain([
			[post, 303],
			[get, 200],
		]),
		'not asked',
	],
	[
		'a method that was kept is not its matter',
		chain([
			[post, 307],
			[post, 307],
			[post, 200],
		]),
		'not asked',
	],
	[
		'a rewrite at the last hop is not its matter',
		chain([
			[post, 307],
			[post, 303],
			[get, 200],
		]),
		'not asked',
	],
	[
		'a GET from the first is not its matter',
		chain([
			[get, 303],
			[get, 303],
			[get, 200],
		]),
		'not asked',
	],
	[
		'a caller that forces POST is not its matter',
		chain([
			[post, 303],
			[post, 302],
			[post, 200],
		]),
		'not asked',
	],
	[
		'a GET that stays bare keeps it',
		chain([
			[post, 303],
			[get, 307],
			[get, 200],
		]),
		'kept',
	],
	[
		'a HEAD that stays bare keeps it',
		chain([
			[post, 302],
			[{method: 'HEAD'}, 302],
			[{method: 'HEAD'}, 200],
		]),
		'kept',
	],
	[
		'content fields that stayed with the GET from the first are told elsewhere',
		chain([
			[post, 303],
			[{...get, headers: json}, 307],
			[{...get, headers: json}, 200],
		]),
		'kept',
	],
	[
		'another content field than that of the POST keeps it',
		chain([
			[post, 303],
			[get, 307],
			[{...get, headers: {'Content-Type': 'text/plain'}}, 200],
		]),
		'kept',
	],
	[
		'a content field that comes back breaks it',
		chain([
			[post, 302],
			[get, 307],
			[{...get, headers: json}, 200],
		]),
		back('exchange 3: Content-Type: application/json'),
	],
	[
		'a content field that comes back later still breaks it',
		chain([
			[post, 302],
			[get, 307],
			[get, 302],
			[{...get, headers: json}, 200],
		]),
		back('exchange 4: Content-Type: application/json'),
	],
	[
		'a body that comes back at a 303 breaks it',
		chain([
			[post, 303],
			[get, 303],
			[{...get, body: '{"a":1}'}, 200],
		]),
		back('exchange 3: 7 bytes, SHA-256 015abd7f…: {"a":1}'),
	],
	[
		'a body that comes back at a 307 is told by another rule',
		chain([
			[post, 303],
			[get, 307],
			[{...get, body: '{"a":1}', headers: json}, 200],
		]),
		told('a body again, which body-preserved tells of its hop'),
	],
	[
		'a method that comes back is told by another rule',
		chain([
			[post, 303],
			[get, 307],
			[post, 200],
		]),
		told('POST again, which the rules about its hop tell'),
	],
]);
