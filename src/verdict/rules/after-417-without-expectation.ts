import type {Exchange} from '../../journal/exchange.ts';
import {isOneAsked} from '../aftermath.ts';
import {asksForContinue} from '../expects-continue.ts';
import {journalIndex} from '../journal-index.ts';
import {promisedLength} from '../message-facts.ts';
import {broken, type ExchangeRule, kept, notObserved, type Surroundings} from '../rule.ts';
import {rfc9110} from '../sources.ts';
import {shownMethod, shownUrl} from '../wire-text.ts';

/** To leave the repetition to its caller is a client's right: only how it repeats is judged. */
export const after417WithoutExpectation: ExchangeRule = {
	id: 'after-417-without-expectation',
	about: 'exchange',
	level: 'should',
	statement: 'A client that repeats a request after a 417 leaves the expectation out.',
	source: rfc9110(
		'10.1.1',
		'A client that receives a 417 (Expectation Failed) status code in response to a request containing a 100-continue expectation SHOULD repeat that request without a 100-continue expectation',
	),
	appliesTo: ({request, response}) =>
		response?.status === 417 && response.fault === undefined && asksForContinue(request.headers),
	check(exchange, surroundings) {
		const {method, url} = exchange.request;
		const {later} = journalIndex(surroundings);
		const again = later.call(exchange.number, url, exchange.request);
		if (again === undefined || surroundings.asked?.has(again.number))
			return notObserved('the request was not repeated, which a client may leave to its caller');
		if (!isRepetition(exchange, again, surroundings))
			return notObserved(
				`exchange ${again.number} may be a call of its own; a per-call header that is repeated would tell`,
			);
		if (!asksForContinue(again.request.headers)) return kept;
		return broken(
			`${shownMethod(method)} ${shownUrl(url)} without Expect: 100-continue`,
			`exchange ${again.number}: the same request with Expect: 100-continue`,
			'the client, or its caller, sets the expectation on each attempt, whatever it was answered',
		);
	},
};

/** Its content was not sent the first time: a value of one call tells, or else the length that was announced. */
function isRepetition(exchange: Exchange, again: Exchange, around: Surroundings): boolean {
	if (isOneAsked(exchange, again, around)) return true;
	if (journalIndex(around).calls.isOneAttempt(exchange, again)) return true;
	const length = promisedLength(exchange.request);
	const sameLength = length !== undefined && length === promisedLength(again.request);
	return sameLength && !asksForContinue(again.request.headers);
}
