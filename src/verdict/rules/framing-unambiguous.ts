import {headerValue} from '../../http/header-lines.ts';
import type {RecordedRequest} from '../../journal/exchange.ts';
import {broken, type ExchangeRule, kept} from '../rule.ts';
import {rfc9112} from '../sources.ts';

/** The parser refuses such a message, so that it is linked to no redirect. */
export const framingUnambiguous: ExchangeRule = {
	id: 'framing-unambiguous',
	about: 'exchange',
	level: 'must',
	statement: 'A client that sends Transfer-Encoding sends no Content-Length beside it.',
	source: rfc9112(
		'6.2',
		'A sender MUST NOT send a Content-Length header field in any message that contains a Transfer-Encoding header field.',
	),
	appliesTo: ({request}) => request.framing === 'chunked' || hasBoth(request),
	check({request}) {
		if (!hasBoth(request) && headerValue(request.headers, 'content-length') === undefined)
			return kept;
		return broken(
			'one of the two fields',
			'a request with Transfer-Encoding and Content-Length',
			'the client keeps the framing field of the first request, and adds one for the body that it sends now',
		);
	},
};

/** The parser names both, whichever came first. */
function hasBoth({malformed}: RecordedRequest): boolean {
	return (
		malformed !== undefined &&
		/(?:Transfer-Encoding can't be present with Content-Length|Content-Length can't be present with Transfer-Encoding)/.test(
			malformed.message,
		)
	);
}
