import {compareBodies} from '../compare-bodies.ts';
import {hasContent, messageIsResent} from '../message-facts.ts';
import type {HopRule} from '../rule.ts';
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
	check: compareBodies,
};
