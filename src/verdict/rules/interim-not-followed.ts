import {headerValues} from '../../http/header-lines.ts';
import type {Exchange} from '../../journal/exchange.ts';
import {type Decoy, decoysOf, judgeDecoys} from '../decoys.ts';
import {followsInterim} from '../followed-interim.ts';
import {journalIndex} from '../journal-index.ts';
import {broken, type ExchangeRule, kept} from '../rule.ts';
import {rfc9110} from '../sources.ts';
import {shownMethod, shownUrl} from '../wire-text.ts';

/** A hint such as 103 may carry any field; where a client is redirected stands in the final response. */
export const interimNotFollowed: ExchangeRule = {
	id: 'interim-not-followed',
	about: 'exchange',
	level: 'de facto',
	statement: 'A client reads over the Location of a response that is not the final one.',
	source: rfc9110(
		'10.2.2',
		'For 3xx (Redirection) responses, the Location value refers to the preferred target resource for automatically redirecting the request.',
	),
	appliesTo: exchange => exchange.interim !== undefined && decoysIn(exchange).length > 0,
	check(exchange, surroundings) {
		const hop = journalIndex(surroundings).hopFrom(exchange);
		const followUp = hop?.followUp;
		if (hop === undefined || followUp === undefined)
			return judgeDecoys(exchange, decoysIn(exchange), surroundings, expected);
		if (!followsInterim(hop)) return kept;
		const {number, request} = followUp;
		return broken(
			`a request to ${shownUrl(hop.redirect.response?.location?.documented ?? '')}, the Location of the final response`,
			`exchange ${number}: ${shownMethod(request.method)} ${shownUrl(request.url)}`,
			cause,
		);
	},
};

const expected = 'no request to the Location of the interim response';
const cause = 'the client took an interim response for the final one';
// Programs get to see little of interim responses: who sends the same content there was led by it.
const about = {
	place: 'the address in its interim response',
	cause,
	tells: 'with its content',
} as const;

/** Where the interim responses seem to lead, but for where the final one leads as well. */
function decoysIn(exchange: Exchange): Decoy[] {
	const {interim = [], response} = exchange;
	const resolved = response?.location?.resolved;
	const rightly = new Set(resolved?.targets.map(target => resolved.origin + target));
	return interim
		.flatMap(({headers}) => headerValues(headers, 'location'))
		.flatMap(reference => decoysOf(reference, exchange, about))
		.filter(({url}) => !rightly.has(url));
}
