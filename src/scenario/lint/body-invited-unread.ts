import type {LintCheck} from './lint-check.ts';
import {rfc} from './sources.ts';

export const bodyInvitedUnread: LintCheck = {
	id: 'body-invited-unread',
	severity: 'warning',
	source: rfc(
		9110,
		'10.1.1',
		'A server that sends a 100 (Continue) response MUST ultimately send a final status code, once it receives and processes the request content, unless the connection is closed prematurely.',
	),
	check({response: {expectation, answerAfter}}) {
		if (expectation !== 'send' || answerAfter > 0) return undefined;
		return {
			message:
				'it invites the body with 100 and redirects before any of it came, so the body is sent for nothing; leave "continue" out to redirect in place of 100',
			at: '/continue',
		};
	},
};
