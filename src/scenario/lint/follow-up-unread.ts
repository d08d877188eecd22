import type {LintCheck} from './lint-check.ts';
import {rfc} from './sources.ts';

export const followUpUnread: LintCheck = {
	id: 'follow-up-unread',
	severity: 'warning',
	source: rfc(
		9112,
		'9.3',
		'A server that does not support persistent connections MUST send the "close" connection option in every response message that does not have a 1xx (Informational) status code.',
	),
	check({response: {afterwards, answerAfter}}) {
		if (afterwards !== 'stop-reading' || answerAfter !== Number.POSITIVE_INFINITY) return undefined;
		return {
			message:
				'it reads no more once the whole body has come: a follow-up on the same connection is never read, and its client hangs; use "close", or answer before the body to leave some of it unread',
			at: '/afterwards',
		};
	},
};
