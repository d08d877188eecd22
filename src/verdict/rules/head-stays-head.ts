import {statusOf} from '../message-facts.ts';
import {broken, kept, type MessageRule} from '../rule.ts';
import {fetchRedirect} from '../sources.ts';

/** RFC 9110, 15.4.4, allows GET here; at the other statuses the rules about methods speak. */
export const headStaysHead: MessageRule = {
	id: 'head-stays-head',
	about: 'hop',
	sees: 'messages',
	level: 'policy',
	statement:
		'A client that is sent elsewhere with 303 asks with HEAD again where it asked with HEAD.',
	source: fetchRedirect(
		12,
		"internalResponse's status is 303 and request's method is not `GET` or `HEAD`",
	),
	appliesTo: hop =>
		statusOf(hop) === 303 &&
		hop.redirect.request.method === 'HEAD' &&
		(hop.followUp.request.method === 'GET' || hop.followUp.request.method === 'HEAD'),
	check: ({followUp}) =>
		followUp.request.method === 'HEAD'
			? kept
			: broken(
					'HEAD',
					'GET',
					'the client turns every method into GET at 303: content that nobody asked for is sent',
				),
};
