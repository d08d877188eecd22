import type {MalformedMessage} from '../../journal/exchange.ts';
import type {Hop} from '../../journal/hop.ts';
import {differenceOf} from '../first-difference.ts';
import {journalIndex} from '../journal-index.ts';
import {requestInside} from '../request-inside.ts';
import {
	broken,
	kept,
	notObserved,
	type Outcome,
	type RedirectRule,
	type Surroundings,
} from '../rule.ts';
import {rfc9112} from '../sources.ts';
import {bytesInWords} from '../wire-text.ts';

/** No RFC 2119 word stands here for clients: it follows from what framing is. */
export const noRequestInsideBody: RedirectRule = {
	id: 'no-request-inside-body',
	about: 'redirect',
	level: 'de facto',
	statement:
		'A client that is answered before its body has ended begins no request inside that body.',
	source: rfc9112(
		'9.3',
		'In order to remain persistent, all messages on a connection need to have a self-defined message length (i.e., one not defined by closure of the connection)',
	),
	appliesTo: ({redirect: {request}}) =>
		request.http2 === undefined &&
		request.framing !== 'none' &&
		(request.afterAnswer !== undefined || request.malformed !== undefined),
	check(hop, surroundings) {
		const {afterAnswer, malformed} = hop.redirect.request;
		if (wasRepeatedWhole(hop)) return kept;
		const behind = behindBody(hop, surroundings);
		const found = exceptContent(requestInside(hop, behind), hop);
		if (found === 'unread') {
			return notObserved('not all of what came after the answer is at hand to be looked through');
		}
		if (found !== undefined && afterAnswer?.ending === 'finished' && behind === undefined) {
			return notObserved(
				`${found.line} stands in the body, which came to its end as announced: it may be content`,
			);
		}
		if (found !== undefined) return begun(found);
		if (malformed !== undefined) {
			return notObserved(`what came after the answer is no HTTP (${malformed.code})`);
		}
		if (behind !== undefined) {
			return notObserved(`what came behind the body on the connection is no HTTP (${behind.code})`);
		}
		if (afterAnswer?.ending === undefined) return notObserved('the body is still on its way');
		if (afterAnswer.ending === 'cut') {
			return notObserved('the double ended the connection, so nothing could follow on it');
		}
		return kept;
	},
};

/** Bytes that are no HTTP, where the next request on the connection would be. */
function behindBody(
	{redirect: {request, connection}}: Hop,
	surroundings: Surroundings,
): MalformedMessage | undefined {
	if (request.afterAnswer?.ending !== 'finished') return undefined;
	return journalIndex(surroundings).noHttpAt(connection.number, connection.exchange + 1);
}

/** A follow-up elsewhere with the very same bytes shows that what stands in them is content. */
function wasRepeatedWhole({redirect, followUp}: Hop): boolean {
	const [before, after] = [redirect.request.body, followUp?.request.body];
	return before.complete && after?.complete === true && after.sha256 === before.sha256;
}

/** The same of a body that broke off, when the follow-up's begins with all that came of it. */
function exceptContent(
	found: ReturnType<typeof requestInside>,
	{redirect: {request}, followUp}: Hop,
): typeof found {
	if (found === undefined || found === 'unread' || found.offset === undefined) return found;
	const isRepeated =
		followUp?.request.body.complete === true &&
		differenceOf(request, followUp.request) === request.body.size;
	return isRepeated ? undefined : found;
}

function begun(found: {readonly line: string; readonly offset: number | undefined}): Outcome {
	const place =
		found.offset === undefined
			? 'where a chunk should begin'
			: `after ${bytesInWords(found.offset)} of the body`;
	return broken(
		'the rest of the body, or another connection',
		`${found.line}, ${place}`,
		'the client took the connection for free when the answer was here: a server reads the request as a part of the body',
	);
}
