import type {ConnectionFacts} from '../../../src/journal/exchange.ts';
import type {FollowedHop} from '../../../src/journal/hop.ts';
import {connectionCloseHonoured} from '../../../src/verdict/rules/connection-close-honoured.ts';
import {buildHop, type RequestData, type ResponseData} from '../../helpers/build-hop.ts';
import {type Among, hopRuleTests} from '../../helpers/rule-table.ts';

const [old, moved] = ['https://api.example.test/v1', 'https://api.example.test/v2'];
type Where = Partial<ConnectionFacts>;
const other: Where = {number: 2, exchange: 1};
const closing: Partial<ResponseData> = {headers: [['Connection', 'close']]};
const hop = (
	then: Where,
	response = closing,
	first: Where = {},
	version: Pick<RequestData, 'httpVersion' | 'http2'> = {},
) =>
	buildHop(
		{request: `GET ${old}`, connection: first, ...version},
		{status: 307, location: moved, ...response},
		{request: `GET ${moved}`, connection: then, ...version},
	);
const same = {
	expected: 'another connection',
	actual: 'request 2 on the same connection',
	cause:
		'the client put the connection back among those that are free, and did not look at Connection: close',
};
const unread = {reason: 'the double did not read on, so that nothing more could come on it'};
const proxy: Where = {door: 'proxy'};
const tunnel: Where = {door: 'proxy', tunnel: 'api.example.test:443'};

hopRuleTests(connectionCloseHonoured, [
	['another connection keeps it', hop(other), 'kept'],
	['the same connection breaks it', hop({}), same],
	[
		'the name and the value may be in any case, and beside others',
		hop({}, {headers: [['connection', 'foo, Close']]}),
		same,
	],
	['without the field it is not asked', hop({}, {headers: []}), 'not asked'],
	['another option is not its matter', hop({}, {headers: [['Connection', 'closed']]}), 'not asked'],
	['in a tunnel the connection is that to the server', hop(tunnel, closing, tunnel), same],
	[
		'the connection to a proxy is not',
		hop(proxy, closing, proxy),
		{reason: 'the connection is that to the proxy, and not to the server that closes'},
	],
	[
		'what the double breaks off shows nothing',
		hop(other, {...closing, fault: 'reset-after-head'}),
		unread,
	],
	...(['reset', 'stop-reading'] as const).map(
		afterwards =>
			[
				`so does what it leaves with ${afterwards}`,
				answeredBy(hop(other), 1),
				unread,
				routed(afterwards),
			] as const,
	),
	[
		'what is left so by another route of the scenario keeps it',
		answeredBy(hop(other), 0),
		'kept',
		routed('reset'),
	],
	[
		'HTTP/2 knows no such field',
		hop({}, closing, {}, {httpVersion: '2.0', http2: {stream: 1, pseudoHeaders: []}}),
		'not asked',
	],
]);

/** A scenario whose second route leaves connections so. */
function routed(afterwards: 'reset' | 'stop-reading'): Among {
	const response = {status: 307, afterwards};
	return {scenario: {routes: [{request: 'GET *'}, {request: 'GET *', response}]}};
}

function answeredBy(followed: FollowedHop, route: number): FollowedHop {
	const {redirect} = followed;
	const response = redirect.response && {...redirect.response, route};
	return {...followed, redirect: {...redirect, ...(response && {response})}};
}
