import type {LintCheck} from './lint-check.ts';
import {rfc} from './sources.ts';

export const expectationUnanswered: LintCheck = {
	id: 'expectation-unanswered',
	severity: 'warning',
	source: rfc(
		9110,
		'10.1.1',
		'The origin server MUST NOT wait for the content before sending the 100 (Continue) response.',
	),
	check({response: {expectation, answerAfter}}) {
		if (expectation !== 'withhold' || answerAfter === 0) return undefined;
		return {
			message:
				'it withholds 100 and waits for the body: a client that waits for 100 sends nothing until it loses patience; leave "continue" out to redirect at once in place of 100',
			at: '/continue',
		};
	},
};
