import {isRedirectStatus} from '../../http/redirect-status.ts';
import {decoysOf, judgeDecoys} from '../decoys.ts';
import {headCame} from '../message-facts.ts';
import type {ExchangeRule} from '../rule.ts';
import {fetchRedirectStatus} from '../sources.ts';

/**
 * A client may follow any 3xx with a Location (RFC 9110, 15.4). Of other statuses nothing is said: to ask
 * for what a 201 has created, or a 202 has begun, is what their Location is for.
 */
export const onlyRedirectsFollowed: ExchangeRule = {
	id: 'only-redirects-followed',
	about: 'exchange',
	level: 'policy',
	statement:
		'Of the 3xx statuses with a Location a client follows 301, 302, 303, 307 and 308 alone.',
	source: fetchRedirectStatus('A redirect status is a status that is 301, 302, 303, 307, or 308.'),
	appliesTo: ({response}) =>
		response?.location?.resolved !== undefined &&
		response.status >= 300 &&
		response.status < 400 &&
		!isRedirectStatus(response.status) &&
		headCame(response),
	check(exchange, surroundings) {
		const {status = 0, location} = exchange.response ?? {};
		const decoys = decoysOf(location?.documented ?? '', exchange, {
			place: 'the address in its Location',
			cause: `the client, or its caller, takes ${status} for a redirect, as it may`,
		});
		const expected = `nothing more: ${status} is no redirect status`;
		return judgeDecoys(exchange, decoys, surroundings, expected);
	},
};
