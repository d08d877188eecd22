import {isContentField} from '../../http/content-fields.ts';
import {isMultipart, withoutBoundary} from '../../http/multipart.ts';
import {
	addedFields,
	type FieldDifference,
	fieldDifferences,
	shownBefore,
	shownNow,
} from '../field-differences.ts';
import {hasContent, messageIsResent} from '../message-facts.ts';
import type {Message, Messages} from '../messages.ts';
import {broken, kept, type MessageRule, type Outcome} from '../rule.ts';
import {rfc9110} from '../sources.ts';

/** Item 5 of the list ties the removal of these fields to a change of the method: without one, they stay. */
export const contentHeadersPreserved: MessageRule = {
	id: 'content-headers-preserved',
	about: 'hop',
	sees: 'messages',
	level: 'should',
	statement:
		'A client that keeps the method keeps Content-Type, Content-Encoding, Content-Language and Content-Location.',
	source: rfc9110(
		'15.4',
		'If the request method has been changed to GET or HEAD, remove content-specific header fields',
	),
	appliesTo: hop =>
		messageIsResent(hop) &&
		hasContent(hop.redirect.request) &&
		(describesContent(hop.redirect.request) || describesContent(hop.followUp.request)),
	check: compareContentHeaders,
};

/**
 * Whether the follow-up has the content fields of the redirected request, with the same values, and
 * no new one that has the body read in another way.
 */
export function compareContentHeaders(hop: Messages): Outcome {
	const [before, after] = [hop.redirect.request.fields, hop.followUp.request.fields];
	const differences = [
		...fieldDifferences(
			before,
			after,
			name => isContentField(name) && !(name === 'content-type' && isAnotherBoundary(hop)),
		),
		...addedFields(before, after, name => redescribes(name, hop)),
	];
	if (differences.length === 0) return kept;
	return broken(shownBefore(differences), shownNow(differences), causeOf(differences, hop));
}

/** Whether the types are the same but for their boundary, which is multipart-boundary-kept's matter. */
function isAnotherBoundary({redirect, followUp}: Messages): boolean {
	const [before = '', after = ''] = [redirect, followUp].map(
		({request}) => request.fields.get('content-type')?.value,
	);
	return isMultipart(before) && withoutBoundary(before) === withoutBoundary(after);
}

/** Whether a field that was added has the body of the redirected request read in another way. */
function redescribes(name: string, hop: Messages): boolean {
	if (!hasContent(hop.redirect.request)) return false;
	if (name === 'content-encoding') return true;
	// Other bytes may need another type: that they are others is body-preserved's matter.
	return name === 'content-type' && hop.sameBody;
}

function causeOf(differences: readonly FieldDifference[], hop: Messages): string | undefined {
	if (differences.every(({after}) => after === undefined)) return causeOfLoss(hop);
	if (differences.some(({before}) => before !== undefined)) return undefined;
	return 'the client described the body anew, instead of sending it as it was described before';
}

function causeOfLoss({redirect, followUp}: Messages): string {
	return hasContent(redirect.request) && !hasContent(followUp.request)
		? 'the content headers went with the body'
		: 'the client drops content headers on every redirect, not only when the method becomes GET';
}

function describesContent({fields}: Message): boolean {
	return [...fields.keys()].some(isContentField);
}
