import {emptyContentAnnounced} from '../../../src/verdict/rules/empty-content-announced.ts';
import {buildHop, type RequestData} from '../../helpers/build-hop.ts';
import {hopRuleTests} from '../../helpers/rule-table.ts';

const [old, moved] = ['https://api.example.test/v1', 'https://api.example.test/v2'];
type Half = Omit<RequestData, 'request'>;
const hop = (method: string, then: Half = {}, first: Half = {body: 'a'}) =>
	buildHop(
		{request: `POST ${old}`, ...first},
		{status: 307, location: moved},
		{request: `${method} ${moved}`, ...then},
	);
const silent = (method: string) => ({
	expected: 'Content-Length: 0',
	actual: 'neither Content-Length nor Transfer-Encoding',
	cause: `the client, or its caller, has ${method} sent by code that knows of GET alone`,
});

hopRuleTests(emptyContentAnnounced, [
	['a length of zero keeps it', hop('POST', {body: ''}), 'kept'],
	['chunks with nothing in them keep it', hop('PUT', {length: 'chunked'}), 'kept'],
	['POST with no word of its content breaks it', hop('POST'), silent('POST')],
	['PUT does so', hop('PUT'), silent('PUT')],
	['PATCH does so', hop('PATCH'), silent('PATCH')],
	['QUERY does so', hop('QUERY'), silent('QUERY')],
	[
		'a client that never says so is no matter of redirects',
		hop('POST', {}, {}),
		{
			reason:
				'the redirected request does not say so either: the client, or its caller, never does, whether there is a redirect or not',
		},
	],
	['content is not its matter', hop('POST', {body: 'a'}), 'not asked'],
	[
		'nor is content that was announced and did not come',
		hop('POST', {cut: 'off', length: 9}),
		'not asked',
	],
	['GET need not say so', hop('GET'), 'not asked'],
	['DELETE need not', hop('DELETE'), 'not asked'],
	['OPTIONS need not', hop('OPTIONS'), 'not asked'],
	['nobody knows of other methods', hop('REPORT'), 'not asked'],
	[
		'HTTP/2 ends the stream with the head',
		hop('POST', {httpVersion: '2.0', http2: {stream: 1, pseudoHeaders: []}}),
		'not asked',
	],
	['HTTP/1.0 is not its matter', hop('POST', {httpVersion: '1.0'}), 'not asked'],
]);
