import {headerValue} from '../../http/header-lines.ts';
import type {Exchange} from '../../journal/exchange.ts';
import {isOneAsked, whyStillOpen} from '../aftermath.ts';
import {journalIndex} from '../journal-index.ts';
import {headCame} from '../message-facts.ts';
import {broken, type ExchangeRule, kept, notObserved, type Surroundings} from '../rule.ts';
import {rfc9110} from '../sources.ts';
import {shownMethod, shownUrl} from '../wire-text.ts';

/** Of POST and PATCH alone it is known that a second one may do a second thing. */
export const noBlindRetry: ExchangeRule = {
	id: 'no-blind-retry',
	about: 'exchange',
	level: 'should',
	statement: 'A client whose POST or PATCH got no whole response does not send it a second time.',
	source: rfc9110(
		'9.2.2',
		'A client SHOULD NOT automatically retry a request with a non-idempotent method unless it has some means to know that the request semantics are actually idempotent, regardless of the method, or some means to detect that the original request was never applied.',
	),
	appliesTo: ({request: {method}, response, sealed}) =>
		(method === 'POST' || method === 'PATCH') &&
		(response === undefined ? sealed : response.fault !== undefined),
	check(exchange, surroundings) {
		const reason = whyAllowed(exchange);
		if (reason !== undefined) return notObserved(reason);
		const {method, url} = exchange.request;
		const again = sameMessage(exchange, surroundings);
		if (again !== undefined) {
			if (!isRepetition(exchange, again, surroundings)) return notObserved(callOfItsOwn(again));
			return broken(
				`no second ${shownMethod(method)} ${shownUrl(url)} without a response to the first`,
				`exchange ${again.number}: ${shownMethod(method)} ${shownUrl(url)}`,
				'the client, or its caller, retries what may have been done already',
			);
		}
		const open = whyStillOpen(exchange, surroundings);
		return open === undefined ? kept : notObserved(open);
	},
};

/** Why a client may send the request again, or may at least have had a reason to; undefined when not. */
function whyAllowed({request, response, connection}: Exchange): string | undefined {
	if (headerValue(request.headers, 'idempotency-key') !== undefined)
		return 'the request has an Idempotency-Key, by which a server knows it again';
	if (!request.body.complete)
		return 'the request never came whole, so that the client knows that it was not carried out';
	if (response !== undefined && headCame(response))
		return response.status < 400
			? undefined
			: `the head of a ${response.status} was sent, and what a client does about it is its own matter`;
	if (
		connection.exchange > 1 &&
		response?.fault !== 'garbage' &&
		response?.fault !== 'reset-in-head'
	)
		return 'the connection had been used before and ended without a byte of a response, as idle ones do';
	return undefined;
}

function isRepetition(exchange: Exchange, later: Exchange, around: Surroundings): boolean {
	return (
		isOneAsked(exchange, later, around) || journalIndex(around).calls.isRepetition(exchange, later)
	);
}

/** So many later requests to the address are looked at: those of other calls may come before. */
const mostThere = 8;

/** The first request that is the same message once more, and that grading did not ask for. */
function sameMessage({number, request}: Exchange, around: Surroundings): Exchange | undefined {
	const {later} = journalIndex(around);
	let next = later.call(number, request.url, request);
	for (let count = 1; next !== undefined && count <= mostThere; count++) {
		const isSame = next.request.body.sha256 === request.body.sha256;
		if (isSame && !around.asked?.has(next.number)) return next;
		next = later.call(next.number, request.url, request);
	}
	return undefined;
}

function callOfItsOwn({number}: Exchange): string {
	return `exchange ${number} is the same request, and may be a call of its own; a per-call header that is repeated would tell`;
}
