import {isContentField} from '../../http/content-fields.ts';
import type {RecordedRequest} from '../../journal/exchange.ts';
import {fieldDifferences, shownBefore, shownNow} from '../field-differences.ts';
import {hasContent, messageIsResent} from '../message-facts.ts';
import {broken, type FollowedHop, type HopRule, kept, type Outcome} from '../rule.ts';
import {rfc9110} from '../sources.ts';

/** Item 5 of the list ties the removal of these fields to a change of the method: without one, they stay. */
export const contentHeadersPreserved: HopRule = {
	id: 'content-headers-preserved',
	about: 'hop',
	level: 'should',
	statement:
		'A client that keeps the method keeps Content-Type, Content-Encoding, Content-Language and Content-Location.',
	source: rfc9110(
		'15.4',
		'If the request method has been changed to GET or HEAD, remove content-specific header fields',
	),
	appliesTo: hop => messageIsResent(hop) && describesContent(hop.redirect.request),
	check: compareContentHeaders,
};

/** Whether the follow-up has the content fields of the redirected request, with the same values. */
export function compareContentHeaders(hop: FollowedHop): Outcome {
	const {redirect, followUp} = hop;
	const differences = fieldDifferences(
		redirect.request.headers,
		followUp.request.headers,
		isContentField,
	);
	if (differences.length === 0) return kept;
	const cause = differences.every(({after}) => after === undefined) ? causeOfLoss(hop) : undefined;
	return broken(shownBefore(differences), shownNow(differences), cause);
}

function causeOfLoss({redirect, followUp}: FollowedHop): string {
	return hasContent(redirect.request) && !hasContent(followUp.request)
		? 'the content headers went with the body'
		: 'the client drops content headers on every redirect, not only when the method becomes GET';
}

/** A content field on a request without content says nothing that could be lost. */
function describesContent(request: RecordedRequest): boolean {
	return hasContent(request) && request.headers.some(([name]) => isContentField(name));
}
