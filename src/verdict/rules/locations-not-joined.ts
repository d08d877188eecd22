import {headerValues} from '../../http/header-lines.ts';
import {resolveLocation} from '../../http/location.ts';
import type {Exchange} from '../../journal/exchange.ts';
import {type Decoy, judgeDecoys} from '../decoys.ts';
import {uselessLocations} from '../message-facts.ts';
import type {ExchangeRule} from '../rule.ts';
import {rfc9110} from '../sources.ts';

/** Which of several Locations a client takes, or that it takes none, is its own matter. */
export const locationsNotJoined: ExchangeRule = {
	id: 'locations-not-joined',
	about: 'exchange',
	level: 'policy',
	statement:
		'A client that is given several Locations follows one of them or none, and joins them to no address.',
	source: rfc9110(
		'10.2.2',
		'Recovery of a valid Location field value from that situation is difficult and not interoperable across implementations.',
	),
	appliesTo: exchange => uselessLocations(exchange) > 1,
	check: (exchange, surroundings) =>
		judgeDecoys(
			exchange,
			joined(exchange),
			surroundings,
			'a request to one of the Locations, or none',
		),
};

/** The lines as the client got them, joined as a list (RFC 9110, 5.3), which a Location is not. */
function joined({request, response}: Exchange): Decoy[] {
	const values = headerValues(response?.headers ?? [], 'location');
	const first = resolveLocation([response?.location?.documented ?? ''], request.url);
	if (typeof first === 'string') return [];
	return [', ', ','].flatMap(comma => {
		const all = resolveLocation([values.join(comma)], request.url);
		if (typeof all === 'string') return [];
		return all.targets.map((target): Decoy => {
			return {
				url: first.origin + target,
				place: 'the address that its Locations make together',
				cause: 'the client joined the Locations with a comma, and took the result for one',
				tells: 'always',
			};
		});
	});
}
