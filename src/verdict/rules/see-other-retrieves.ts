import {statusOf} from '../message-facts.ts';
import {broken, kept, type MessageRule} from '../rule.ts';
import {fetchRedirect} from '../sources.ts';
import {shownMethod} from '../wire-text.ts';

/** RFC 9110 only says that a client "can" retrieve (15.4.4); the Fetch Standard makes it a step. */
export const seeOtherRetrieves: MessageRule = {
	id: 'see-other-retrieves',
	about: 'hop',
	sees: 'messages',
	level: 'de facto',
	statement: 'A client that follows a 303 asks for the other resource with GET or HEAD.',
	source: fetchRedirect(
		12,
		"internalResponse's status is 303 and request's method is not `GET` or `HEAD` … Set request's method to `GET` and request's body to null.",
	),
	appliesTo: hop => statusOf(hop) === 303,
	check(hop) {
		const {method} = hop.followUp.request;
		if (method === 'GET' || method === 'HEAD') return kept;
		const expected = hop.redirect.request.method === 'HEAD' ? 'HEAD or GET' : 'GET (or HEAD)';
		return broken(expected, shownMethod(method), 'the client handles 303 like 307');
	},
};
