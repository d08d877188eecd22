import {messagesOf} from '../messages.ts';
import {broken, type HopRule, kept, notObserved} from '../rule.ts';
import {rfc9110} from '../sources.ts';

const id = 'retry-after-honoured';

/** A timer may go off so many milliseconds early, as another clock sees it. */
const tolerance = 20;

/** The passage asks, and hardly any client does it. */
export const retryAfterHonoured: HopRule = {
	id,
	about: 'hop',
	sees: 'journal',
	level: 'policy',
	statement:
		'A client waits before it follows for as long as the Retry-After of the redirect asks.',
	source: rfc9110(
		'10.2.3',
		'When sent with any 3xx (Redirection) response, Retry-After indicates the minimum time that the user agent is asked to wait before issuing the redirected request.',
	),
	appliesTo: ({redirect}) => redirect.response.retryAfter !== undefined,
	check(hop, {scenario}) {
		const {retryAfter = ''} = messagesOf(hop).redirect.response;
		if (!/^\d{1,9}$/.test(retryAfter)) {
			return notObserved(
				/^[a-z]{3},? .*GMT$/i.test(retryAfter)
					? 'Retry-After names a date, which is to be read by the clock of the client'
					: 'Retry-After names no number of seconds',
			);
		}
		const asked = Number(retryAfter) * 1000;
		const waited = hop.followUp.request.beganAt - (hop.redirect.response?.sentAt ?? 0);
		if (waited + tolerance >= asked) return kept;
		if (!scenario.enforce.includes(id)) {
			return notObserved(
				`the client did not wait, as hardly any does; where it is to wait, let the scenario enforce ${id}`,
			);
		}
		return broken(
			`the follow-up after ${retryAfter} s, as Retry-After asks`,
			`the follow-up after ${(waited / 1000).toFixed(3)} s`,
			'the client reads Retry-After at 429 and 503 alone, or not at all',
		);
	},
};
