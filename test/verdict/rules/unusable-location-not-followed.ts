import {unusableLocationNotFollowed} from '../../../src/verdict/rules/unusable-location-not-followed.ts';
import {buildExchange, type RequestData} from '../../helpers/build-hop.ts';
import {exchangeRuleTests} from '../../helpers/rule-table.ts';

const old = 'https://api.example.test/api/v1';
const key = {headers: {'Idempotency-Key': 'k1'}};
const told = (location: string, more: Partial<RequestData> = {}, status = 307) =>
	buildExchange(1, {request: `POST ${old}`, body: 'Ada', ...more}, {status, location});
const then = (url: string, more: Partial<RequestData> = {}) =>
	buildExchange(2, {request: `POST ${url}`, ...more}, {status: 200});
const breach = (expected: string, url: string, cause: string) => ({
	expected: `nothing more: ${expected}`,
	actual: `exchange 2: POST ${url}`,
	cause,
});
const asPath = (location: string, url: string) =>
	breach(`${location} is no URL of HTTP`, url, 'the client took the whole Location for a path');
const open = {reason: 'no later call came from which it could be seen'};
const unsure = {
	reason:
		'exchange 2 went to an address that its Location makes, and the wire does not show whether this answer caused it; a per-call header would',
};

exchangeRuleTests(unusableLocationNotFollowed, [
	['a Location that leads somewhere is not its matter', [told('/v2')], 'not asked'],
	['another status is not its matter', [told('mailto:a@a.test', {}, 201)], 'not asked'],
	['several Locations are the matter of another rule', [several()], 'not asked'],
	['nothing more shows nothing yet', [told('mailto:a@a.test')], open],
	['nothing more in all of a graded call keeps it', [told('data:,HI')], 'kept', {asked: {1: old}}],
	[
		'the next call elsewhere keeps it',
		[told('ftp://files.example.test/v2'), then('https://api.example.test/api/v3')],
		'kept',
	],
	[
		'host and port are taken for a path beside the request',
		[told('api2.example.test:5050'), then('https://api.example.test/api/api2.example.test:5050')],
		asPath('api2.example.test:5050', 'https://api.example.test/api/api2.example.test:5050'),
	],
	[
		'host and port are taken for a path from the root',
		[told('api2.example.test:5050'), then('https://api.example.test/api2.example.test:5050')],
		asPath('api2.example.test:5050', 'https://api.example.test/api2.example.test:5050'),
	],
	[
		'a program that puts http in front of host and port may know the host',
		[told('api2.example.test:5050'), then('http://api2.example.test:5050/')],
		unsure,
	],
	[
		'a client that puts http in front of host and port is caught by the key of the call',
		[told('api2.example.test:5050', key), then('http://api2.example.test:5050/', key)],
		breach(
			'api2.example.test:5050 is no URL of HTTP',
			'http://api2.example.test:5050/',
			'the client, or its caller, put a scheme in front of the Location',
		),
	],
	[
		'the path of an ftp URL is asked for by HTTP',
		[told('ftp://files.example.test/v2', key), then('https://api.example.test/v2', key)],
		breach(
			'ftp://files.example.test/v2 is no URL of HTTP',
			'https://api.example.test/v2',
			'the client used no more of the Location than its path',
		),
	],
	[
		'an ftp URL is asked for by HTTP at its host',
		[told('ftp://files.example.test/v2', key), then('https://files.example.test/v2', key)],
		breach(
			'ftp://files.example.test/v2 is no URL of HTTP',
			'https://files.example.test/v2',
			'the client did not look at the scheme of the Location',
		),
	],
	[
		'a bracket without its other one leaves no host',
		[told('http://[bad/v2', key), then('https://api.example.test/v2', key)],
		breach(
			'http://[bad/v2 is no URL',
			'https://api.example.test/v2',
			'the client used no more of the Location than its path',
		),
	],
	['a URL without a host is none', [told('http://')], 'kept', {asked: {1: old}}],
	[
		'there is no port above 65535',
		[told('http://api.example.test:70000/v2', key), then('http://api.example.test/v2', key)],
		breach(
			'http://api.example.test:70000/v2 is no URL',
			'http://api.example.test/v2',
			'the client left the port of the Location out',
		),
	],
	[
		'what a client may repair it may follow',
		[told('http://api .example.test/v2', key), then('http://api.example.test/v2', key)],
		{reason: 'a client may try to repair a Location that is no URL (RFC 9110, 10.2.2)'},
	],
	[
		'a second request to the same address is a retry',
		[told('ftp://files.example.test/api/v1', key), then(old, key)],
		'kept',
	],
]);

function several() {
	return buildExchange(
		1,
		{request: `POST ${old}`},
		{status: 307, location: '/v2', headers: [['Location', '/v3']]},
	);
}
