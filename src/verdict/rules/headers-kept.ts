import {fieldDifferences, shownBefore, shownNow} from '../field-differences.ts';
import {resentFields} from '../resent-fields.ts';
import {broken, type FollowedHop, type HopRule, kept, type Outcome} from '../rule.ts';
import {rfc9110} from '../sources.ts';

/** End-to-end fields that no item of the list changes; new fields do not count, as a client may make some. */
export const headersKept: HopRule = {
	id: 'headers-kept',
	about: 'hop',
	level: 'should',
	statement: 'A client sends the other headers of the request again, with the same values.',
	source: rfc9110(
		'15.4',
		'When automatically following a redirected request, the user agent SHOULD resend the original request message with the following modifications',
	),
	appliesTo(hop) {
		const isResent = resentFields(hop);
		return hop.redirect.request.headers.some(([name]) => isResent(name));
	},
	check: compareHeaders,
};

/** Whether the follow-up has every field that is to be sent again, with the same value. */
export function compareHeaders(hop: FollowedHop): Outcome {
	const {redirect, followUp} = hop;
	const differences = fieldDifferences(
		redirect.request.headers,
		followUp.request.headers,
		resentFields(hop),
	);
	if (differences.length === 0) return kept;
	const cause = differences.every(({after}) => after === undefined)
		? 'the follow-up was built anew, without the headers of the redirected request'
		: undefined;
	return broken(shownBefore(differences), shownNow(differences), cause);
}
