import {noExpectationWithoutContent} from '../../../src/verdict/rules/no-expectation-without-content.ts';
import {buildHop, type RequestData} from '../../helpers/build-hop.ts';
import {hopRuleTests} from '../../helpers/rule-table.ts';

const [old, moved] = ['https://api.example.test/v1', 'https://api.example.test/v2'];
type Half = Omit<RequestData, 'request'>;
const expecting = {headers: {Expect: '100-continue'}};
const uploading: Half = {...expecting, body: 'Ada'};
const h2 = {httpVersion: '2.0', http2: {stream: 1, pseudoHeaders: []}} as const;
const hop = (then: Half, first = uploading, method = 'GET') =>
	buildHop(
		{request: `POST ${old}`, ...first},
		{status: 303, location: moved},
		{request: `${method} ${moved}`, ...then},
	);
const copied =
	'the content is gone, but the headers of the redirected request were kept by the client, or set by its caller for every request';
const chunks = {
	reason:
		'the content turned out to be empty, which a client that sends it piece by piece could not know',
};

hopRuleTests(noExpectationWithoutContent, [
	['an expectation that goes with the content keeps it', hop({}), 'kept'],
	['one with content keeps it', hop(uploading, uploading, 'POST'), 'kept'],
	['content that was announced counts', hop({...expecting, cut: 'off', length: 3}), 'kept'],
	['without any it is not asked', hop({}, {body: 'Ada'}), 'not asked'],
	['an upload that asks for nothing is not its matter', hop({body: 'Ada'}), 'not asked'],
	[
		'one with no content breaks it',
		hop(expecting),
		{expected: 'no Expect', actual: 'Expect: 100-continue, and no content', cause: copied},
	],
	[
		'one with a length of zero breaks it, in any case and beside others',
		hop({headers: {expect: 'a, 100-Continue'}, body: ''}),
		{expected: 'no Expect', actual: 'Expect: 100-continue, and Content-Length: 0', cause: copied},
	],
	[
		'one that came with the redirect breaks it',
		hop(expecting, {}),
		{expected: 'no Expect', actual: 'Expect: 100-continue, and no content'},
	],
	[
		'one on a stream of HTTP/2 that ends with its head breaks it',
		hop({...expecting, ...h2}, {}),
		{expected: 'no Expect', actual: 'Expect: 100-continue, and no content'},
	],
	['empty chunks are not observed', hop({...expecting, length: 'chunked'}), chunks],
	['empty frames are not', hop({...expecting, ...h2, length: 'frames'}), chunks],
	['another expectation is not its matter', hop({headers: {Expect: 'a'}}, {}), 'not asked'],
	['HTTP/1.0 knows no expectations', hop({...expecting, httpVersion: '1.0'}), 'not asked'],
]);
