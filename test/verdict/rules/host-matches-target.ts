import {hostMatchesTarget} from '../../../src/verdict/rules/host-matches-target.ts';
import {buildHop, type RequestData} from '../../helpers/build-hop.ts';
import {hopRuleTests} from '../../helpers/rule-table.ts';

const [api, cdn] = ['https://api.example.test', 'https://cdn.example.test'];
const hop = (location: string, sent: string, then: RequestData, host = '127.0.0.1:8001') =>
	buildHop({request: `GET ${api}/v1`, headers: {Host: host}}, {status: 307, location, sent}, then);
const at = (origin: string, host: string) => ({request: `GET ${origin}/v2`, headers: {Host: host}});
const away: [string, string] = [`${cdn}/v2`, 'http://user:pw@127.0.0.1:8002/v2'];
const kept =
	'the Host of the redirected request was kept: it was copied with the other headers, or the caller had set it';

hopRuleTests(hostMatchesTarget, [
	['the authority of the sent Location keeps it', hop(...away, at(cdn, '127.0.0.1:8002')), 'kept'],
	['a relative Location leaves the Host', hop('/v2', '/v2', at(api, '127.0.0.1:8001')), 'kept'],
	['another case keeps it', hop('/v2', '/v2', at(api, 'LOCALHOST'), 'localhost:80'), 'kept'],
	[
		'a network-path reference names an authority',
		hop('//cdn.example.test/v2', '//127.0.0.1:8002/v2', at(cdn, '127.0.0.1:8002')),
		'kept',
	],
	[
		'the old Host at another origin breaks it',
		hop(...away, at(cdn, '127.0.0.1:8001')),
		{expected: '127.0.0.1:8002', actual: '127.0.0.1:8001', cause: kept},
	],
	[
		"a caller's Host that was kept breaks it",
		hop(`${api}/v2`, 'http://127.0.0.1:8001/v2', at(api, 'api.internal'), 'api.internal'),
		{expected: '127.0.0.1:8001', actual: 'api.internal', cause: kept},
	],
	[
		'a client that went back to the old origin is judged by that',
		hop(...away, at(api, '127.0.0.1:8001')),
		'kept',
	],
	[
		'a client that went to a third origin is not observed',
		hop(...away, at('https://other.example.test', 'other')),
		{
			reason:
				'the client went to another place than the Location, and nothing tells by which address',
		},
	],
	[
		'two Hosts break it',
		hop('/v2', '/v2', {
			request: `GET ${api}/v2`,
			headers: [
				['Host', '127.0.0.1:8001'],
				['Host', 'other'],
			],
		}),
		{expected: '127.0.0.1:8001', actual: '127.0.0.1:8001, other', cause: kept},
	],
]);
