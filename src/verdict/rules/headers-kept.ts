import {fieldDifferences, shownBefore, shownNow} from '../field-differences.ts';
import type {Messages} from '../messages.ts';
import {hasRuleOfItsOwn, resentFields} from '../resent-fields.ts';
import {broken, kept, type MessageRule, type Outcome} from '../rule.ts';
import {rfc9110} from '../sources.ts';

/** End-to-end fields that no item of the list changes, and no other rule is about; new fields do not count, as a client may make some. */
export const headersKept: MessageRule = {
	id: 'headers-kept',
	about: 'hop',
	sees: 'messages',
	level: 'should',
	statement: 'A client sends the other headers of the request again, with the same values.',
	source: rfc9110(
		'15.4',
		'When automatically following a redirected request, the user agent SHOULD resend the original request message with the following modifications',
	),
	appliesTo(hop) {
		const isResent = otherFields(hop);
		for (const name of hop.redirect.request.fields.keys()) if (isResent(name)) return true;
		return false;
	},
	check: hop => compareHeaders(hop, otherFields(hop)),
};

function otherFields(hop: Messages): (name: string) => boolean {
	const isResent = resentFields(hop);
	return name => !hasRuleOfItsOwn(name) && isResent(name);
}

/**
 * Whether the follow-up has every field that is to be sent again, with the same value.
 *
 * @param isCompared which ones; all of them unless told
 */
export function compareHeaders(hop: Messages, isCompared = resentFields(hop)): Outcome {
	const {redirect, followUp} = hop;
	const differences = fieldDifferences(
		redirect.request.fields,
		followUp.request.fields,
		isCompared,
	);
	if (differences.length === 0) return kept;
	const cause = differences.every(({after}) => after === undefined)
		? 'the follow-up was built anew, without the headers of the redirected request'
		: undefined;
	return broken(shownBefore(differences), shownNow(differences), cause);
}
