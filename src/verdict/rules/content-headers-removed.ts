import {isContentField} from '../../http/content-fields.ts';
import {becameRetrieval} from '../message-facts.ts';
import type {Message} from '../messages.ts';
import {broken, kept, type MessageRule} from '../rule.ts';
import {rfc9110} from '../sources.ts';
import {shownValue} from '../wire-text.ts';

/** What spoke of the content goes when the content goes. */
export const contentHeadersRemoved: MessageRule = {
	id: 'content-headers-removed',
	about: 'hop',
	sees: 'messages',
	level: 'should',
	statement: 'A client that turns the method into GET or HEAD removes the content headers.',
	source: rfc9110(
		'15.4',
		'If the request method has been changed to GET or HEAD, remove content-specific header fields, including (but not limited to) Content-Encoding, Content-Language, Content-Location, Content-Type, Content-Length, Digest, Last-Modified.',
	),
	appliesTo: becameRetrieval,
	check(hop) {
		const left = contentFieldsLeft(hop.followUp.request);
		if (left.length === 0) return kept;
		const cause = 'the method was changed, but the headers of the redirected request were kept';
		return broken('no content headers', left.join('\n'), cause);
	},
};

/** Content-Length counts only without content: with content it is that content's framing. */
function contentFieldsLeft({headers, content}: Message): string[] {
	return headers
		.filter(
			([name]) =>
				isContentField(name) || (content !== 'some' && name.toLowerCase() === 'content-length'),
		)
		.map(([name, value]) => `${name}: ${shownValue(name, value)}`);
}
