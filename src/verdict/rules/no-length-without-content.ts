import {hasContent, methodWasKept} from '../message-facts.ts';
import {broken, kept, type MessageRule, notObserved} from '../rule.ts';
import {rfc9110} from '../sources.ts';

const withoutContent = new Set(['GET', 'HEAD', 'DELETE', 'TRACE']);

/** A Content-Length that is left of a method that was changed is a matter of content-headers-removed. */
export const noLengthWithoutContent: MessageRule = {
	id: 'no-length-without-content',
	about: 'hop',
	sees: 'messages',
	level: 'should',
	statement:
		'A client that sends GET, HEAD, DELETE or TRACE without content again adds no Content-Length.',
	source: rfc9110(
		'8.6',
		'A user agent SHOULD NOT send a Content-Length header field when the request message does not contain content and the method semantics do not anticipate such data.',
	),
	appliesTo: hop =>
		withoutContent.has(hop.followUp.request.method) &&
		hop.followUp.request.httpVersion === '1.1' &&
		hop.followUp.request.content === 'none' &&
		methodWasKept(hop) &&
		!hasContent(hop.redirect.request),
	check({redirect, followUp}) {
		const {framing, method} = followUp.request;
		if (framing !== 'content-length') return kept;
		if (redirect.request.framing === 'content-length') {
			return notObserved(
				'the redirected request has a Content-Length as well: the client, or its caller, sends it whether there is a redirect or not',
			);
		}
		return broken(
			'no Content-Length',
			'Content-Length: 0',
			`the follow-up was built by code for methods with content, and ${method} has none`,
		);
	},
};
