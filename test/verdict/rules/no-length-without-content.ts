import {noLengthWithoutContent} from '../../../src/verdict/rules/no-length-without-content.ts';
import {buildHop, type RequestData} from '../../helpers/build-hop.ts';
import {hopRuleTests} from '../../helpers/rule-table.ts';

const [old, moved] = ['https://api.example.test/v1', 'https://api.example.test/v2'];
type Half = Omit<RequestData, 'request'>;
const hop = (methods: string, then: Half, first: Half = {}) => {
	const [before = '', after = before] = methods.split(' ');
	return buildHop(
		{request: `${before} ${old}`, ...first},
		{status: 302, location: moved},
		{request: `${after} ${moved}`, ...then},
	);
};
const zero = {body: ''};
const added = (method: string) => ({
	expected: 'no Content-Length',
	actual: 'Content-Length: 0',
	cause: `the follow-up was built by code for methods with content, and ${method} has none`,
});

hopRuleTests(noLengthWithoutContent, [
	['a GET without it keeps it', hop('GET', {}), 'kept'],
	['a GET with empty chunks keeps it', hop('GET', {length: 'chunked'}), 'kept'],
	['a GET with a length of zero breaks it', hop('GET', zero), added('GET')],
	['a HEAD does so', hop('HEAD', zero), added('HEAD')],
	['a DELETE does so', hop('DELETE', zero), added('DELETE')],
	['a TRACE does so', hop('TRACE', zero), added('TRACE')],
	[
		'what the redirected request had as well may be the doing of the caller',
		hop('DELETE', zero, zero),
		{
			reason:
				'the redirected request has a Content-Length as well: the client, or its caller, sends it whether there is a redirect or not',
		},
	],
	[
		'what is left of a POST is a matter of content-headers-removed',
		hop('POST GET', zero),
		'not asked',
	],
	['content is not its matter', hop('GET', {body: 'a'}), 'not asked'],
	['content that was lost is not', hop('DELETE', zero, {body: 'a'}), 'not asked'],
	['OPTIONS may have content', hop('OPTIONS', zero), 'not asked'],
	['POST may', hop('POST', zero), 'not asked'],
	['nobody knows of other methods', hop('REPORT', zero), 'not asked'],
	[
		'HTTP/2 is not its matter',
		hop('GET', {...zero, httpVersion: '2.0', http2: {stream: 1, pseudoHeaders: []}}),
		'not asked',
	],
]);
