import {messageIsResent} from '../message-facts.ts';
import {broken, kept, type MessageRule, notObserved} from '../rule.ts';
import {rfc9112} from '../sources.ts';

/** A client that has sent content with its length knows it, when it sends the same content again. */
export const lengthKnownStaysKnown: MessageRule = {
	id: 'length-known-stays-known',
	about: 'hop',
	sees: 'messages',
	level: 'should',
	statement: 'A client that gave the length of its content gives it again with the same content.',
	source: rfc9112(
		'6.3',
		'a client that sends a request containing a message body SHOULD use a valid Content-Length header field if the message body length is known in advance, rather than the chunked transfer coding',
	),
	appliesTo: hop =>
		hop.redirect.request.content === 'some' &&
		hop.redirect.request.framing === 'content-length' &&
		hop.redirect.request.httpVersion === '1.1' &&
		hop.followUp.request.content === 'some' &&
		hop.followUp.request.httpVersion === '1.1' &&
		messageIsResent(hop),
	check({followUp: {request}, sameBody}) {
		if (request.framing === 'content-length') return kept;
		if (!sameBody) {
			return notObserved('the content is not known to be the same, so its length may be unknown');
		}
		if (request.fields.has('via')) {
			return notObserved('a proxy stands between, which may have sent the content on in chunks');
		}
		return broken(
			'Content-Length',
			`Transfer-Encoding: ${request.framing}`,
			'the body was sent again as a stream whose length nobody asked for; servers that take no chunks refuse it',
		);
	},
};
