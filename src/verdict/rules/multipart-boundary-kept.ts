import {isMultipart} from '../../http/multipart.ts';
import {printable} from '../../http/printable.ts';
import {boundaryIn, firstBoundary, isDividedBy} from '../divided-body.ts';
import {hasContent, messageIsResent} from '../message-facts.ts';
import {messagesOf} from '../messages.ts';
import {broken, type HopRule, kept, notObserved} from '../rule.ts';
import {rfc2046} from '../sources.ts';

/** The passage defines a line; that the message is to be sent again, so that it holds again, is RFC 9110, 15.4. */
export const multipartBoundaryKept: HopRule = {
	id: 'multipart-boundary-kept',
	about: 'hop',
	sees: 'journal',
	level: 'should',
	statement:
		'A client that sends a multipart body again divides it by the boundary that its Content-Type names.',
	source: rfc2046(
		'5.1.1',
		'The boundary delimiter line is then defined as a line consisting entirely of two hyphen characters ("-", decimal value 45) followed by the boundary parameter value from the Content-Type header field, optional linear whitespace, and a terminating CRLF.',
	),
	appliesTo: ({redirect, followUp, ...hop}) =>
		isMultipart(followUp.request.fields.get('content-type')?.value ?? '') &&
		messageIsResent({redirect, followUp, ...hop}) &&
		hasContent(redirect.request) &&
		followUp.request.content === 'some' &&
		boundaryIn(redirect.request.fields) !== undefined,
	check(hop) {
		const {redirect, followUp} = messagesOf(hop);
		const [original, repeated] = [hop.redirect.request.body, hop.followUp.request.body];
		const before = boundaryIn(redirect.request.fields) ?? '';
		const after = boundaryIn(followUp.request.fields);
		if ([redirect, followUp].some(({request}) => request.fields.has('content-encoding'))) {
			return notObserved('the content is encoded, so that its lines are not seen');
		}
		const wasDivided = isDividedBy(original, before);
		if (wasDivided !== true) {
			return notObserved(
				wasDivided === false && original.complete
					? 'the redirected request itself has no line with the boundary that its Content-Type names'
					: 'of the redirected request no line with the boundary that its Content-Type names was seen',
			);
		}
		if (!repeated.complete) return notObserved("the follow-up's body has not come whole");
		const isDivided = after === undefined ? false : isDividedBy(repeated, after);
		if (isDivided === true) return kept;
		if (isDivided === 'unread') {
			return notObserved(
				"not all of the follow-up's body is at hand, and no such line is in its first bytes",
			);
		}
		const found = firstBoundary(repeated);
		return broken(
			after === undefined
				? 'a boundary in Content-Type'
				: `a line that begins with --${printable(after)}`,
			found === undefined ? 'no such line' : `lines that begin with --${printable(found)}`,
			before === after
				? 'the body was written anew with another boundary, but Content-Type still names the old one: a server finds no parts in it'
				: 'Content-Type was written anew, but not the body: a server finds no parts in it',
		);
	},
};
