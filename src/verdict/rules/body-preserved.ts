import {compareBodies} from '../compare-bodies.ts';
import {boundaryIn, differInBoundaryAlone, dividingBoundary} from '../divided-body.ts';
import {fieldsOf} from '../fields.ts';
import {hasContent, messageIsResent} from '../message-facts.ts';
import {type FollowedHop, type HopRule, notObserved} from '../rule.ts';
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
	check(hop) {
		const outcome = compareBodies(hop);
		return outcome.outcome === 'broken' && hasOnlyAnotherBoundary(hop)
			? notObserved(
					'the same form was written anew with another boundary; whether Content-Type names that one is a matter of multipart-boundary-kept',
				)
			: outcome;
	},
};

function hasOnlyAnotherBoundary({redirect, followUp}: FollowedHop): boolean {
	const before = fieldsOf(redirect.request.headers);
	if (boundaryIn(before) === undefined) return false;
	const was = dividingBoundary(redirect.request, before);
	const is = dividingBoundary(followUp.request, fieldsOf(followUp.request.headers));
	if (was === undefined || is === undefined) return false;
	return differInBoundaryAlone([redirect.request.body, was], [followUp.request.body, is]);
}
