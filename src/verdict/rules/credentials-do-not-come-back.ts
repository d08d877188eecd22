import type {Exchange} from '../../journal/exchange.ts';
import type {Chain} from '../../journal/hop.ts';
import {wasChallenged} from '../challenges.ts';
import {repeatedCredential} from '../credentials.ts';
import {withDoubtOf} from '../doubt.ts';
import {broken, type ChainRule, kept, notObserved, type Outcome} from '../rule.ts';
import {fetchRedirect} from '../sources.ts';
import {isMadeOf} from '../userinfo.ts';
import {shownUrl, shownValue} from '../wire-text.ts';

/**
 * What was withheld at one hop stays withheld at those that follow. A credential that was never withheld
 * is authorization-withheld's matter; one that is withheld, and sent again where it was meant for, is
 * nobody's fault, since clients differ there.
 */
export const credentialsDoNotComeBack: ChainRule = {
	id: 'credentials-do-not-come-back',
	about: 'chain',
	level: 'de facto',
	statement:
		'A client that has withheld Authorization from another origin sends it no more on later hops.',
	source: fetchRedirect(
		13,
		'the moment another origin is seen after the initial request, the `Authorization` header is removed.',
	),
	appliesTo: chain => withholding(chain) !== undefined,
	check(chain, surroundings) {
		const withheld = withholding(chain);
		if (withheld === undefined) return notObserved('nothing was withheld');
		const {from, at, later} = withheld;
		let cameHome = false;
		for (const exchange of later) {
			const {headers, origin} = exchange.request;
			const credential = repeatedCredential('authorization', from.request.headers, headers);
			if (credential === undefined) continue;
			if (origin === from.request.origin) cameHome = true;
			else if (isMadeOf(locationTo(exchange, chain), credential)) continue;
			else if (wasChallenged(surroundings, origin, [at, exchange])) {
				return notObserved(`${shownUrl(origin)} had asked for credentials with a 401`);
			} else
				return withDoubtOf(chain, exchange, cameBack(credential, withheld, exchange), surroundings);
		}
		return cameHome ? notObserved(sentHome) : kept;
	},
};

const sentHome =
	'the credential came back only at the origin that it was meant for, where curl sends it by design, and a client of the Fetch Standard does not';

interface Withholding {
	/** The exchange whose request had the credential. */
	readonly from: Exchange;
	/** The first exchange at another origin, without it. */
	readonly at: Exchange;
	/** What came after that; never empty. */
	readonly later: readonly Exchange[];
}

/** The Location that led to an exchange of a chain: of credentials that are made of it userinfo-not-used speaks. */
function locationTo(exchange: Exchange, {hops}: Chain): string {
	const hop = hops.find(({followUp}) => followUp === exchange);
	return hop?.redirect.response?.location?.documented ?? '';
}

/** Where a client first withheld Authorization from another origin, with requests that came later. */
function withholding({exchanges, hops}: Chain): Withholding | undefined {
	if (hops.length < 2) return undefined;
	for (const [index, from] of exchanges.entries()) {
		const at = exchanges[index + 1];
		if (at === undefined || at.request.origin === from.request.origin) continue;
		if (!hasAuthorization(from) || hasAuthorization(at)) continue;
		const later = exchanges.slice(index + 2);
		return later.length === 0 ? undefined : {from, at, later};
	}
	return undefined;
}

function hasAuthorization({request}: Exchange): boolean {
	return request.headers.some(([name]) => name.toLowerCase() === 'authorization');
}

function cameBack(credential: string, {from, at}: Withholding, back: Exchange): Outcome {
	return broken(
		`no Authorization at ${shownUrl(back.request.origin)}`,
		`exchange ${back.number}: Authorization: ${shownValue('authorization', credential)}, meant for ${shownUrl(from.request.origin)}, and withheld in exchange ${at.number}`,
		'each follow-up is made from the headers of the first request, and its origin compared only with the request before',
	);
}
