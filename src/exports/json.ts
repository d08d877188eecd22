import type {Double} from '../double.ts';
import {conclusionOfDouble} from '../grading/double-conclusion.ts';
import type {Exchange} from '../journal/exchange.ts';
import type {Hop} from '../journal/hop.ts';
import {jsonText} from './json-text.ts';
import {type Secrets, urlIn} from './secrets.ts';

/** The verdict with outcome and why, and each hop by the requests that it is made of. */
export function toJson(double: Double, secrets: Secrets): string {
	const {outcome, why} = conclusionOfDouble(double);
	const hops = double.hops().map(hop => hopOf(hop, secrets));
	return jsonText({scenario: double.name, outcome, why, verdict: double.verdict(), hops});
}

function hopOf({number, state, redirect, followUp, link}: Hop, secrets: Secrets) {
	return {
		number,
		state,
		redirect: messageOf(redirect, secrets),
		...(followUp && {followUp: messageOf(followUp, secrets)}),
		...(link && {link}),
	};
}

function messageOf({number, request, response}: Exchange, secrets: Secrets) {
	const {location} = response ?? {};
	return {
		exchange: number,
		method: request.method,
		url: urlIn(request.url, secrets),
		...(response && {status: response.status}),
		...(location && {location: urlIn(location.documented, secrets)}),
	};
}
