import {fieldDifferences, shownBefore, shownNow} from '../field-differences.ts';
import {messageIsResent} from '../message-facts.ts';
import type {Message} from '../messages.ts';
import {isCallersCondition, isCondition} from '../resent-fields.ts';
import {broken, kept, type MessageRule, notObserved} from '../rule.ts';
import {rfc9110} from '../sources.ts';

/** Without its condition a request changes, or fetches, what it was to leave alone. */
export const conditionsKept: MessageRule = {
	id: 'conditions-kept',
	about: 'hop',
	sees: 'messages',
	level: 'should',
	statement:
		'A client that keeps the method keeps the conditions and the range that its caller set.',
	source: rfc9110(
		'15.4',
		"When automatically following a redirected request, the user agent SHOULD resend the original request message with the following modifications … Validating header fields that were added by the implementation's cache (e.g., If-None-Match, If-Modified-Since)",
	),
	appliesTo: ({redirect}) => conditionsOf(redirect.request).length > 0,
	check(hop) {
		if (!messageIsResent(hop)) {
			return notObserved(
				'the follow-up is another request, of which the conditions of the first need not be true',
			);
		}
		const {redirect, followUp} = hop;
		const [before, after] = [redirect.request.fields, followUp.request.fields];
		const lost = fieldDifferences(before, after, isCallersCondition(redirect.request.method));
		if (lost.length > 0) {
			const gone = lost.every(({after: value}) => value === undefined);
			return broken(shownBefore(lost), shownNow(lost), gone ? builtAnew : undefined);
		}
		const others = fieldDifferences(before, after, isCondition);
		return others.length === 0 ? kept : notObserved(mayBeOfACache);
	},
};

const builtAnew = 'the follow-up was built anew, without what the request depended on';
const mayBeOfACache = "the condition may be that of the client's own cache, which may change it";

function conditionsOf({fields}: Message): string[] {
	return [...fields.keys()].filter(isCondition);
}
