import {compareBodies} from '../compare-bodies.ts';
import {boundaryIn, differInBoundaryAlone, dividingBoundary} from '../divided-body.ts';
import {fieldsOf} from '../fields.ts';
import {journalIndex} from '../journal-index.ts';
import {hasContent, messageIsResent} from '../message-facts.ts';
import {type FollowedHop, type HopRule, notObserved, type Surroundings} from '../rule.ts';
import {rfc9110} from '../sources.ts';

/** The body to the byte, wherever the method was kept; a body that was changed with the method has its own rules. */
export const bodyPreserved: HopRule = {
	id: 'body-preserved',
	about: 'hop',
	sees: 'journal',
	level: 'should',
	statement: 'A client that keeps the method sends the same body again, to the byte.',
	source: rfc9110(
		'15.4',
		'When automatically following a redirected request, the user agent SHOULD resend the original request message with the following modifications',
	),
	appliesTo: hop =>
		messageIsResent(hop) && (hasContent(hop.redirect.request) || hasContent(hop.followUp.request)),
	check(hop, surroundings) {
		const outcome = compareBodies(hop);
		if (outcome.outcome !== 'broken') return outcome;
		if (hasOnlyAnotherBoundary(hop)) return notObserved(onlyAnotherBoundary);
		return goesOnBehind(hop, surroundings) ? notObserved(onlyAnotherLength) : outcome;
	},
};

const onlyAnotherBoundary =
	'the same form was written anew with another boundary; whether Content-Type names that one is a matter of multipart-boundary-kept';

const onlyAnotherLength =
	'the rest of the body came behind the end that Content-Length names: see content-length-matches';

/** So long a body is looked at; behind a longer one, so few bytes of the original. */
const lookedAt = 1024 * 1024;
const enough = 64;

/** Whether the body is cut by its Content-Length alone: what it lacks is among bytes that are no HTTP. */
function goesOnBehind({redirect, followUp}: FollowedHop, surroundings: Surroundings): boolean {
	const [original, repeated] = [redirect.request.body, followUp.request.body];
	if (original.size <= repeated.size || repeated.size > lookedAt) return false;
	const {number, exchange} = followUp.connection;
	const behind = journalIndex(surroundings).noHttpAt(number, exchange + 1)?.bytes;
	if (behind === undefined) return false;
	const beginning = Buffer.from(original.preview(repeated.size + enough));
	const rest = beginning.subarray(repeated.size);
	return (
		rest.length > 0 &&
		beginning.subarray(0, repeated.size).equals(repeated.preview(repeated.size)) &&
		Buffer.from(behind).includes(rest)
	);
}

function hasOnlyAnotherBoundary({redirect, followUp}: FollowedHop): boolean {
	const before = fieldsOf(redirect.request.headers);
	if (boundaryIn(before) === undefined) return false;
	const was = dividingBoundary(redirect.request, before);
	const is = dividingBoundary(followUp.request, fieldsOf(followUp.request.headers));
	if (was === undefined || is === undefined) return false;
	return differInBoundaryAlone([redirect.request.body, was], [followUp.request.body, is]);
}
