import type {RecordedRequest} from '../journal/exchange.ts';
import {bodyDifferenceCause, wentOn} from './body-difference-cause.ts';
import {formatBody} from './exchange-text.ts';
import {differenceOf} from './first-difference.ts';
import {carrierName, promisedLength} from './message-facts.ts';
import {broken, type FollowedHop, kept, notObserved, type Outcome} from './rule.ts';
import {bytesInWords, bytesOfTotal, shownBody} from './wire-text.ts';

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
	if (mayHaveEndedShort(original, repeated)) {
		const difference = differenceOf(original, repeated);
		if (difference === 'gone') return notObserved(gone);
		if (difference === 'not kept') return notObserved(notAllKept);
		if (difference === body.size) return notObserved(endedAt(body.size));
	}
	return differs(original, repeated, shownBody(body));
}

/**
 * Some clients give up a body of unknown length, once they are answered, by marking its end: with the
 * last chunk, or END_STREAM.
 */
function mayHaveEndedShort(original: RecordedRequest, repeated: RecordedRequest): boolean {
	const {afterAnswer, body} = original;
	if (afterAnswer === undefined || promisedLength(original) !== undefined) return false;
	return repeated.body.size > body.size;
}

function endedAt(size: number): string {
	return `the redirected request ended after ${bytesInWords(size)}, when it had been answered; the follow-up's body begins with them and goes on, and no length tells whether the first was cut short`;
}

/** The redirected request broke off, as it may when it is answered early: its beginning must still fit. */
function compareWithPart(original: RecordedRequest, repeated: RecordedRequest): Outcome {
	const came = original.body.size;
	const promised = promisedLength(original);
	if (promised !== undefined && promised !== repeated.body.size) {
		return differs(original, repeated, shownOriginal(original));
	}
	const difference = differenceOf(original, repeated);
	if (difference === 'gone') return notObserved(gone);
	if (difference === 'not kept') return notObserved(notAllKept);
	if (difference !== undefined && difference < came) {
		return differs(original, repeated, shownBeginning(original));
	}
	return notObserved(whatWasCompared(came, promised));
}

/** What of a body that did not come whole agrees with the follow-up's. */
function whatWasCompared(came: number, promised: number | undefined): string {
	const what = came === 0 ? 'none' : `only ${bytesOfTotal(came, promised)}`;
	const agreed = [
		...(came > 0 ? ['begins with them'] : []),
		...(promised === undefined ? [] : ['is as long as its Content-Length promised']),
	].join(' and ');
	const result =
		agreed === '' ? 'so there is nothing to compare with' : `and the follow-up's ${agreed}`;
	return `${what} of the redirected request's body came, ${result}`;
}

/**
 * Whether a comparison says no more only because the redirected request was answered before its body
 * had ended, while the follow-up came whole: all that can be compared is equal.
 */
export function lacksOnlyTheOriginal({redirect, followUp}: FollowedHop, outcome: Outcome): boolean {
	return (
		outcome.outcome === 'not observed' &&
		outcome.reason !== gone &&
		outcome.reason !== notAllKept &&
		redirect.request.afterAnswer !== undefined &&
		followUp.request.body.complete
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
	const promised = promisedLength(repeated);
	const wanted = original.body.complete ? original.body.size : promisedLength(original);
	if (promised !== undefined && wanted !== undefined && promised !== wanted) {
		const actual = `a Content-Length of ${bytesInWords(promised)}`;
		return broken(shownOriginal(original), actual, wentOn({original, repeated}));
	}
	const difference = differenceOf(original, repeated);
	if (difference === 'gone') return notObserved(gone);
	if (typeof difference === 'number' && difference < Math.min(came, original.body.size)) {
		return differs(
			original,
			repeated,
			original.body.complete ? shownOriginal(original) : shownBeginning(original),
		);
	}
	if (wasCutByDouble(hop)) {
		return notObserved(
			`the double ended the ${carrierName(repeated)} when ${bytesInWords(came)} of the follow-up's body had come`,
		);
	}
	if (wasAnsweredEarly(hop)) {
		return notObserved(
			`the follow-up was answered before its body had ended, so the client was free to stop after ${bytesInWords(came)}`,
		);
	}
	if (promised === undefined || promised <= came) {
		return notObserved(
			`the follow-up broke off after ${bytesInWords(came)} with its end unmarked: the client gave up in the open`,
		);
	}
	return notObserved(
		`the follow-up was cut off after ${bytesInWords(came)} of the ${bytesInWords(promised)} that its Content-Length promised: see content-length-matches`,
	);
}

/** What the follow-up should have sent, as far as it is known. */
function shownOriginal(original: RecordedRequest): string {
	const {body} = original;
	if (body.complete) return shownBody(body);
	const promised = promisedLength(original);
	if (promised !== undefined)
		return `${bytesInWords(promised)}, as the Content-Length of the redirected request promised`;
	return body.size === 0 ? 'a whole body' : shownBeginning(original);
}

function shownBeginning({body}: RecordedRequest): string {
	return `a body that begins with ${shownBody(body)}`;
}

const gone = 'the bytes of large bodies are gone, since the double was closed';

const notAllKept =
	'not all bytes of these bodies were kept, and those that were do not differ: see body.notKept';

/** RFC 9112, 9.5: a client that is answered while it still sends may stop. */
export function wasAnsweredEarly({followUp: {request, response}}: FollowedHop): boolean {
	if (request.afterAnswer !== undefined) return true;
	return (
		response !== undefined && request.endedAt !== undefined && response.sentAt <= request.endedAt
	);
}

/** Whether the scenario has the double break the connection off. */
export function wasCutByDouble({followUp: {request, response}}: FollowedHop): boolean {
	return request.afterAnswer?.ending === 'cut' || response?.fault?.startsWith('reset') === true;
}

function differs(original: RecordedRequest, repeated: RecordedRequest, expected: string): Outcome {
	const note = placeOf(original, repeated);
	const isEmpty = original.body.size === 0 || repeated.body.size === 0;
	const actual = formatBody(repeated, isEmpty ? undefined : note);
	return broken(expected, actual, bodyDifferenceCause(original, repeated));
}

/** Where a body broke off, nothing is known to differ. */
function placeOf(original: RecordedRequest, repeated: RecordedRequest): string | undefined {
	const difference = differenceOf(original, repeated);
	const partial = [original, repeated].filter(({body}) => !body.complete);
	if (partial.some(({body}) => difference === body.size)) return undefined;
	if (typeof difference === 'number') return `first different byte at offset ${difference}`;
	if (difference === 'not kept') return 'first different byte not known, since not all were kept';
	return undefined;
}
