import {becameRetrieval} from '../message-facts.ts';
import {broken, type HopRule, kept} from '../rule.ts';
import {rfc9110} from '../sources.ts';
import {shownBody} from '../wire-text.ts';

/** GET and HEAD that came out of another method carry no content. */
export const noContentAfterRewrite: HopRule = {
	id: 'no-content-after-rewrite',
	about: 'hop',
	sees: 'journal',
	level: 'should',
	statement: 'A client that turns the method into GET or HEAD leaves the body behind.',
	source: rfc9110('9.3.1', 'A client SHOULD NOT generate content in a GET request'),
	appliesTo: becameRetrieval,
	check(hop) {
		const {body, method} = hop.followUp.request;
		if (body.size === 0) return kept;
		const same = body.sha256 === hop.redirect.request.body.sha256;
		const cause = same
			? `the method was changed to ${method}, but the body of the redirected request went along`
			: undefined;
		return broken('no body (0 bytes)', shownBody(body), cause);
	},
};
