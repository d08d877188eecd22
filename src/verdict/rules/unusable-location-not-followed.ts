import {resolveLocation} from '../../http/location.ts';
import type {Exchange} from '../../journal/exchange.ts';
import {type Decoy, decoysOf, judgeDecoys} from '../decoys.ts';
import {uselessLocations} from '../message-facts.ts';
import {type ExchangeRule, notObserved} from '../rule.ts';
import {fetchRedirect} from '../sources.ts';
import {shownUrl} from '../wire-text.ts';

/**
 * What no parser can read, and what is an address of another protocol. What a lenient client can repair
 * it may (RFC 9110, 10.2.2); of several Locations locations-not-joined speaks.
 */
export const unusableLocationNotFollowed: ExchangeRule = {
	id: 'unusable-location-not-followed',
	about: 'exchange',
	level: 'de facto',
	statement: 'A client sends no request because of a Location that is no URL of HTTP.',
	source: fetchRedirect(
		'5 and 6',
		"If locationURL is failure, then return a network error. … If locationURL's scheme is not an HTTP(S) scheme, then return a network error.",
	),
	appliesTo: exchange => uselessLocations(exchange) === 1,
	check(exchange, surroundings) {
		const location = exchange.response?.location?.documented ?? '';
		const isUnparsable = resolveLocation([location], exchange.request.url) === 'unparsable';
		if (isUnparsable && !isHopeless(location)) return notObserved(mayBeRepaired);
		const what = isUnparsable ? 'no URL' : 'no URL of HTTP';
		const expected = `nothing more: ${shownUrl(location)} is ${what}`;
		return judgeDecoys(exchange, decoysIn(location, exchange), surroundings, expected);
	},
};

const mayBeRepaired = 'a client may try to repair a Location that is no URL (RFC 9110, 10.2.2)';

/** Whether there is no host in it, one that ends nowhere, or a port that there is not. */
function isHopeless(location: string): boolean {
	const [, authority = ''] = /^(?:https?:)?[\\/]+([^\\/?#]*)/i.exec(location.trim()) ?? [];
	const host = authority.slice(authority.lastIndexOf('@') + 1);
	const [, port = ''] = /:(\d+)$/.exec(host) ?? [];
	return host === '' || /[[\]]/.test(host) || Number(port) > 65_535;
}

/** What becomes of it in the hands of clients that send a request all the same. */
function decoysIn(location: string, exchange: Exchange): Decoy[] {
	const place = 'an address that its Location makes';
	const readings: readonly (readonly [references: readonly string[], about: Omit<Decoy, 'url'>])[] =
		[
			[
				[`./${location}`, `/${location}`],
				{place, cause: 'the client took the whole Location for a path', tells: 'always'},
			],
			[
				[`http://${location}`, `https://${location}`],
				{place, cause: 'the client, or its caller, put a scheme in front of the Location'},
			],
			[
				[location.replace(/^[a-z][a-z0-9+.-]*:/i, '')],
				{place, cause: 'the client did not look at the scheme of the Location'},
			],
			[
				[location.replace(/^(?:[a-z][a-z0-9+.-]*:)?\/\/[^/?#]*/i, '')],
				{place, cause: 'the client used no more of the Location than its path'},
			],
			[
				[location.replace(/:\d+(?=[/?#]|$)/, '')],
				{place, cause: 'the client left the port of the Location out'},
			],
		];
	return readings.flatMap(([references, about]) =>
		references.flatMap(reference => decoysOf(reference, exchange, about)),
	);
}
