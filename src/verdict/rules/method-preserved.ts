import {methodWasKept, statusOf} from '../message-facts.ts';
import {methodChanged} from '../method-change.ts';
import {kept, type MessageRule} from '../rule.ts';
import {rfc9110} from '../sources.ts';

/** 307 forbids any change of the method. */
export const methodPreserved: MessageRule = {
	id: 'method-preserved',
	about: 'hop',
	sees: 'messages',
	level: 'must',
	statement: 'A client that follows a 307 sends the same method again.',
	source: rfc9110(
		'15.4.8',
		'the user agent MUST NOT change the request method if it performs an automatic redirection to that URI',
	),
	appliesTo: hop => statusOf(hop) === 307,
	check: hop => (methodWasKept(hop) ? kept : methodChanged(hop)),
};
