import {fieldDifferences, shownBefore, shownNow} from '../field-differences.ts';
import {messageIsResent} from '../message-facts.ts';
import {broken, kept, type MessageRule, notObserved} from '../rule.ts';
import {rfc9110} from '../sources.ts';

const field = 'idempotency-key';

/** The field has no RFC yet: this is only about sending the same message again. */
export const idempotencyKeyKept: MessageRule = {
	id: 'idempotency-key-kept',
	about: 'hop',
	sees: 'messages',
	level: 'should',
	statement: 'A client that sends the same request again sends it with the same Idempotency-Key.',
	source: rfc9110(
		'15.4',
		'When automatically following a redirected request, the user agent SHOULD resend the original request message with the following modifications',
	),
	appliesTo: hop => hop.redirect.request.fields.has(field),
	check(hop) {
		if (!messageIsResent(hop)) {
			return notObserved('the follow-up is another request, to which the key does not belong');
		}
		const {redirect, followUp} = hop;
		const before = redirect.request.fields;
		const after = followUp.request.fields;
		const differences = fieldDifferences(before, after, name => name === field);
		if (differences.length === 0) return kept;
		if (!hop.sameBody) {
			return notObserved(
				'the bodies are not known to be equal, and another body may need another key',
			);
		}
		return broken(
			shownBefore(differences),
			shownNow(differences),
			after.has(field)
				? 'the key is made for each request on the wire, and not for each call'
				: 'the follow-up was built anew, without the key of the call',
		);
	},
};
