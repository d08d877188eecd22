import {FollowthroughError} from '../errors.ts';
import type {RecordedRequest} from '../journal/exchange.ts';
import {bodyDifferenceCause} from './body-difference-cause.ts';
import {promisedLength} from './message-facts.ts';
import {broken, type FollowedHop, kept, notObserved, type Outcome} from './rule.ts';
import {bytesInWords, shownBody} from './wire-text.ts';

/**
 * Whether the follow-up repeats the body of the redirected request, to the byte. Where a body never
 * came whole, only what did come is compared.
 */
export function compareBodies(hop: FollowedHop): Outcome {
	const original = hop.redirect.request;
	const repeated = hop.followUp.request;
	if (original.body.complete && repeated.body.complete) return compareWhole(original, repeated);
	if (repeated.body.complete) return compareWithPart(original, repeated);
	return compareCutOff(hop);
}

function compareWhole(original: RecordedRequest, repeated: RecordedRequest): Outcome {
	const {body} = original;
	if (body.size === repeated.body.size && body.sha256 === repeated.body.sha256) return kept;
	return differs(original, repeated, shownBody(body));
}

/** The redirected request broke off, as it may when it is answered early: its beginning must still fit. */
function compareWithPart(original: RecordedRequest, repeated: RecordedRequest): Outcome {
	const came = original.body.size;
	const promised = promisedLength(original);
	if (promised !== undefined && promised !== repeated.body.size) {
		const wanted = `${bytesInWords(promised)}, as the Content-Length of the redirected request promised`;
		return differs(original, repeated, wanted);
	}
	const difference = differenceOf(original, repeated);
	if (difference === 'gone') return notObserved(gone);
	if (difference !== undefined && difference < came) {
		return differs(original, repeated, `a body that begins with ${shownBody(original.body)}`);
	}
	return notObserved(
		`only ${bytesInWords(came)} of the redirected request's body came, and the follow-up's begins with them`,
	);
}

/** The follow-up's own body has not come whole. */
function compareCutOff(hop: FollowedHop): Outcome {
	const original = hop.redirect.request;
	const repeated = hop.followUp.request;
	if (repeated.endedAt === undefined) {
		return notObserved("the follow-up's body is still on its way");
	}
	const came = repeated.body.size;
	const difference = differenceOf(original, repeated);
	if (difference === 'gone') return notObserved(gone);
	if (difference !== undefined && difference < Math.min(came, original.body.size)) {
		return differs(original, repeated, shownBody(original.body));
	}
	if (wasAnsweredEarly(hop)) {
		return notObserved(
			`the follow-up was answered before its body had ended, so the client was free to stop after ${bytesInWords(came)}`,
		);
	}
	const promised = promisedLength(repeated);
	if (promised === undefined || promised <= came) {
		return notObserved(
			`the follow-up broke off after ${bytesInWords(came)} with its end unmarked: the client gave up in the open`,
		);
	}
	return broken(
		shownBody(original.body),
		`cut off after ${bytesInWords(came)} of the ${bytesInWords(promised)} that its Content-Length promised`,
		came === 0
			? 'the headers were repeated, but a body that was used up by the first request was not; or the client died before it sent any'
			: 'the body ran dry in the middle, or the client died while it sent it',
	);
}

const gone = 'the bytes of large bodies are gone, since the double was closed';

/** The offset of the first different byte; none when the bodies are equal. */
function differenceOf(
	original: RecordedRequest,
	repeated: RecordedRequest,
): number | 'gone' | undefined {
	try {
		return original.body.firstDifference(repeated.body);
	} catch (error) {
		if (error instanceof FollowthroughError && error.code === 'BODY_GONE') return 'gone';
		throw error;
	}
}

/** RFC 9112, 9.5: a client that is answered while it still sends may stop. */
function wasAnsweredEarly(hop: FollowedHop): boolean {
	const {request, response} = hop.followUp;
	return (
		response !== undefined && request.endedAt !== undefined && response.sentAt <= request.endedAt
	);
}

function differs(original: RecordedRequest, repeated: RecordedRequest, expected: string): Outcome {
	const difference = differenceOf(original, repeated);
	const shorter = Math.min(original.body.size, repeated.body.size);
	const note =
		typeof difference === 'number' && shorter > 0
			? `first different byte at offset ${difference}`
			: undefined;
	const actual = shownBody(repeated.body, note);
	return broken(expected, actual, bodyDifferenceCause(original, repeated));
}
