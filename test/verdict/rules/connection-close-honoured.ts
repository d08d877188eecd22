import type {ConnectionFacts} from '../../../src/journal/exchange.ts';
import {connectionCloseHonoured} from '../../../src/verdict/rules/connection-close-honoured.ts';
import {buildHop, type RequestData, type ResponseData} from '../../helpers/build-hop.ts';
import {hopRuleTests} from '../../helpers/rule-table.ts';

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
	['so does what it resets', hop(other, {...closing, afterwards: 'reset'}), unread],
	['and what it reads no more of', hop(other, {...closing, afterwards: 'stop-reading'}), unread],
	['what it closes in good order keeps it', hop(other, {...closing, afterwards: 'close'}), 'kept'],
	[
		'HTTP/2 knows no such field',
		hop({}, closing, {}, {httpVersion: '2.0', http2: {stream: 1, pseudoHeaders: []}}),
		'not asked',
	],
]);
