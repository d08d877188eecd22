import {lengthKnownStaysKnown} from '../../../src/verdict/rules/length-known-stays-known.ts';
import {buildHop, type RequestData} from '../../helpers/build-hop.ts';
import {hopRuleTests} from '../../helpers/rule-table.ts';

const [old, moved] = ['https://api.example.test/v1', 'https://api.example.test/v2'];
type Half = Omit<RequestData, 'request'>;
const ada: Half = {body: 'Ada'};
const chunked: Half = {body: 'Ada', length: 'chunked'};
const h2 = {httpVersion: '2.0', http2: {stream: 1, pseudoHeaders: []}} as const;
const hop = (then: Half, first = ada, methods = 'PUT PUT', status = 307) => {
	const [before = '', after = ''] = methods.split(' ');
	return buildHop(
		{request: `${before} ${old}`, ...first},
		{status, location: moved},
		{request: `${after} ${moved}`, ...then},
	);
};
const other = {reason: 'the content is not known to be the same, so its length may be unknown'};

hopRuleTests(lengthKnownStaysKnown, [
	['the same content with its length keeps it', hop(ada), 'kept'],
	[
		'the same content in chunks breaks it',
		hop(chunked),
		{
			expected: 'Content-Length',
			actual: 'Transfer-Encoding: chunked',
			cause:
				'the body was sent again as a stream whose length nobody asked for; servers that take no chunks refuse it',
		},
	],
	['chunks that become a length are not its matter', hop(ada, chunked), 'not asked'],
	['other content may be of unknown length', hop({...chunked, body: 'Bob'}), other],
	['content that did not come whole may, too', hop({...chunked, cut: 'off'}), other],
	[
		'an original that did not come whole may be other content',
		hop(chunked, {...ada, cut: 'off', length: 9}),
		other,
	],
	[
		'a proxy between may have sent in chunks what had a length',
		hop({...chunked, headers: {Via: '1.1 proxy'}}),
		{reason: 'a proxy stands between, which may have sent the content on in chunks'},
	],
	['no content is not its matter', hop({body: ''}), 'not asked'],
	['nor is content that was lost', hop({length: 'chunked'}), 'not asked'],
	['a changed method is not', hop(chunked, ada, 'POST GET', 302), 'not asked'],
	['303 is not', hop(chunked, ada, 'POST POST', 303), 'not asked'],
	['frames of HTTP/2 need no length', hop({...ada, ...h2, length: 'frames'}), 'not asked'],
	['nor does what began on HTTP/2', hop(chunked, {...ada, ...h2}), 'not asked'],
]);
