import {methodWasKept, statusOf} from '../message-facts.ts';
import {methodChanged} from '../method-change.ts';
import {kept, type MessageRule} from '../rule.ts';
import {rfc9110} from '../sources.ts';

/** 308 has no MUST of its own: its strength is that of "resend the original request message". */
export const permanentMethodPreserved: MessageRule = {
	id: 'permanent-method-preserved',
	about: 'hop',
	sees: 'messages',
	level: 'should',
	statement: 'A client that follows a 308 sends the same method again.',
	source: rfc9110(
		'15.4',
		'307 (Temporary Redirect) and 308 (Permanent Redirect) [RFC7538] were later added to unambiguously indicate method-preserving redirects … the user agent SHOULD resend the original request message',
	),
	appliesTo: hop => statusOf(hop) === 308,
	check: hop => (methodWasKept(hop) ? kept : methodChanged(hop)),
};
