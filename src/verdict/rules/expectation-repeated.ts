import {asksForContinue} from '../expects-continue.ts';
import {hasContent, messageIsResent} from '../message-facts.ts';
import {broken, type HopRule, kept, notObserved} from '../rule.ts';
import {rfc9110} from '../sources.ts';

const id = 'expectation-repeated';

/** What a client generates it may leave out; what its caller set it should resend: the wire shows one Expect. */
export const expectationRepeated: HopRule = {
	id,
	about: 'hop',
	sees: 'journal',
	level: 'policy',
	statement:
		'A client that expected 100 (Continue) expects it again when it sends its content again.',
	source: rfc9110(
		'15.4',
		'When automatically following a redirected request, the user agent SHOULD resend the original request message with the following modifications',
	),
	appliesTo: hop =>
		hop.redirect.request.fields.has('expect') &&
		hop.redirect.request.httpVersion !== '1.0' &&
		hop.followUp.request.httpVersion !== '1.0' &&
		asksForContinue(hop.redirect.request.headers) &&
		messageIsResent(hop) &&
		hasContent(hop.followUp.request),
	check({followUp}, {scenario}) {
		if (asksForContinue(followUp.request.headers)) return kept;
		if (!scenario.enforce.includes(id)) {
			return notObserved(
				`a client may leave out an expectation that it made itself; where its server wants one, let the scenario enforce ${id}`,
			);
		}
		return broken(
			'Expect: 100-continue',
			'no such Expect',
			'the client, or its caller, asks for 100 on the first request alone',
		);
	},
};
