import type {RecordedRequest} from '../../journal/exchange.ts';
import {wasAnsweredEarly, wasCutByDouble} from '../compare-bodies.ts';
import {journalIndex} from '../journal-index.ts';
import {carrierName, promisedLength} from '../message-facts.ts';
import {
	broken,
	type FollowedHop,
	type HopRule,
	kept,
	notObserved,
	type Outcome,
	type Surroundings,
} from '../rule.ts';
import {rfc9112} from '../sources.ts';
import {bytesInWords} from '../wire-text.ts';

/** The MUST of the passage is the recipient's: for a client it follows from what the field says. */
export const contentLengthMatches: HopRule = {
	id: 'content-length-matches',
	about: 'hop',
	sees: 'journal',
	level: 'de facto',
	statement: 'A client that follows sends as many bytes of content as its Content-Length says.',
	source: rfc9112(
		'6.3',
		'If the sender closes the connection or the recipient times out before the indicated number of octets are received, the recipient MUST consider the message to be incomplete and close the connection.',
	),
	appliesTo: ({followUp}) => followUp.request.framing === 'content-length',
	check(hop, surroundings) {
		const {request} = hop.followUp;
		const promised = promisedLength(request);
		if (promised === undefined) return notObserved('its Content-Length is no number');
		if (request.body.complete) return whole(hop, promised, surroundings);
		if (request.endedAt === undefined) {
			return notObserved("the follow-up's body is still on its way");
		}
		if (wasCutByDouble(hop)) {
			return notObserved(
				`the double ended the ${carrierName(request)} before the follow-up's body had ended`,
			);
		}
		if (wasAnsweredEarly(hop)) {
			return notObserved(
				'the follow-up was answered before its body had ended, so the client was free to stop',
			);
		}
		if (request.http2?.reset !== undefined) {
			return notObserved('the client gave up the stream in the open');
		}
		return cutShort(request, promised);
	},
};

/** The content came to its end, by its length or by the end of its stream. */
function whole(
	{followUp: {request, connection}}: FollowedHop,
	promised: number,
	surroundings: Surroundings,
): Outcome {
	if (request.body.size !== promised)
		return broken(announced(promised), bytesInWords(request.body.size));
	if (request.http2 !== undefined) return kept;
	const behind = journalIndex(surroundings).noHttpAt(connection.number, connection.exchange + 1);
	if (behind === undefined) return kept;
	// What comes on a closed connection may be whatever it likes: the parser does not read it.
	if (behind.code === 'HPE_CLOSED_CONNECTION') {
		return notObserved('the client sent more after it had said that it would close the connection');
	}
	return broken(
		announced(promised),
		`these, and behind them bytes that are no HTTP (${behind.code})`,
		'the body has become longer, and Content-Length was copied: a server takes the rest for the next request',
	);
}

function announced(promised: number): string {
	return `${bytesInWords(promised)} of content, as its Content-Length says`;
}

function cutShort({body, http2}: RecordedRequest, promised: number): Outcome {
	const end = http2 === undefined ? 'connection' : 'stream';
	return broken(
		announced(promised),
		`${bytesInWords(body.size)}, then the end of the ${end}`,
		body.size === 0
			? 'the headers were repeated, but a body that was used up by the first request was not; or the client, or its caller, gave up before it sent any'
			: 'the body ran dry in the middle; or the client, or its caller, gave up while it sent it',
	);
}
