import type {Exchange, TlsFacts} from '../../../src/journal/exchange.ts';
import type {FollowedHop} from '../../../src/journal/hop.ts';
import {refererClean} from '../../../src/verdict/rules/referer-clean.ts';
import {buildHop} from '../../helpers/build-hop.ts';
import {hopRuleTests} from '../../helpers/rule-table.ts';

const [api, cdn] = ['http://api.example.test', 'http://cdn.example.test'];
const tls: TlsFacts = {protocol: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384'};
const named = (referer: string | undefined) => (referer === undefined ? {} : {Referer: referer});
const over = (exchange: Exchange, isSecure: boolean): Exchange =>
	isSecure ? {...exchange, connection: {...exchange.connection, tls}} : exchange;

/** Whether the redirected request, and the follow-up, came over TLS. */
type Secure = readonly [first: boolean, then: boolean];

const hop = (
	before: string | undefined,
	after: string | undefined,
	[first, then]: Secure = [false, false],
) => {
	const {redirect, followUp, ...rest} = buildHop(
		{request: `GET ${api}/v1`, headers: named(before)},
		{status: 307, location: `${cdn}/v2`},
		{request: `GET ${cdn}/v2`, headers: named(after)},
	);
	return {...rest, redirect: over(redirect, first), followUp: over(followUp, then)};
};
const asGiven = (expected: string, actual: string) => ({
	expected: `Referer: ${expected}`,
	actual: `Referer: ${actual}`,
	cause: 'the address of the redirected request was written out as the caller had given it',
});
const inTheClear = (referer: string) => ({
	expected: 'no Referer in plain http',
	actual: `Referer: ${referer}`,
	cause: 'the Referer is made, or copied, without a look at the scheme of the target',
});
const copied = {reason: 'the Referer of the redirected request was sent again, and not made here'};
const secret = 'https://api.example.test/v1';

hopRuleTests(refererClean, [
	['no Referer is not its matter', hop(`${api}/#a`, undefined), 'not asked'],
	['the address of the redirect keeps it', hop(undefined, `${api}/v1?a=1`), 'kept'],
	['a clean Referer that was sent before keeps it', hop(`${api}/`, `${api}/`), 'kept'],
	[
		'what a browser tells in plain http its page may allow (Referrer Policy, unsafe-url)',
		browsing(hop(undefined, secret, [true, false])),
		{
			reason:
				'a client of the Fetch Standard sends what the policy of its page allows, which may be all of it (unsafe-url)',
		},
	],
	['a Referer without a host keeps it', hop('first.html', 'first.html'), 'kept'],
	['an @ in the path is no userinfo', hop(undefined, `${api}/@ada`), 'kept'],
	[
		'a fragment breaks it',
		hop(undefined, `${api}/v1#part`),
		asGiven(`${api}/v1`, `${api}/v1#part`),
	],
	[
		'a user name and a password break it',
		hop(undefined, 'http://ada:pw@api.example.test/v1'),
		asGiven(`${api}/v1`, 'http://***@api.example.test/v1'),
	],
	['a fragment that was sent before is not observed', hop(`${api}/#a`, `${api}/#a`), copied],
	[
		'a user name that was sent before is not observed',
		hop('http://ada@api.example.test/', 'http://ada@api.example.test/'),
		copied,
	],
	['an https address over TLS keeps it', hop(undefined, secret, [true, true]), 'kept'],
	['an http address in plain http keeps it', hop(undefined, `${api}/v1`, [true, false]), 'kept'],
	[
		'an https address in plain http breaks it',
		hop(undefined, secret, [true, false]),
		inTheClear(secret),
	],
	[
		'one that is copied from TLS into plain http breaks it',
		hop(secret, secret, [true, false]),
		inTheClear(secret),
	],
	[
		'one that was in plain http before is not observed',
		hop(secret, secret),
		{reason: 'the redirected request named an https address in plain http already'},
	],
]);

function browsing(hop: FollowedHop): FollowedHop {
	const {request} = hop.redirect;
	const headers = [...request.headers, ['Sec-Fetch-Mode', 'cors'] as const];
	return {...hop, redirect: {...hop.redirect, request: {...request, headers}}};
}
