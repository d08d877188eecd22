import type {Exchange} from '../journal/exchange.ts';
import {type Chain, type Hop, isFollowed} from '../journal/hop.ts';
import type {Journal} from '../journal/journal.ts';
import {judgeChain, judgeHop} from '../verdict/judge.ts';
import type {Surroundings} from '../verdict/rule.ts';
import {surroundingsOf} from '../verdict/surroundings.ts';
import type {Finding} from '../verdict/verdict.ts';
import type {LiveExchange} from './live-text.ts';
import type {Served} from './open-doubles.ts';

/**
 * Tells each exchange of a double when it is over, until the double is closed. Only what the exchange
 * has to do with is judged, so that the cost of telling does not grow with the journal's square.
 */
export async function followLive(
	{double}: Served,
	tell: (live: LiveExchange) => void,
): Promise<void> {
	const {journal} = double;
	const isNews = onlyOnce(keyOf);
	for await (const exchange of journal) {
		const around = surroundingsOf(double.scenario, journal);
		const hop = journal.hopTo(exchange);
		const ofRedirect = judgeRedirect(exchange, around);
		const ofChain = hop ? judgeChain(chainTo(exchange, journal), around) : [];
		tell({
			scenario: double.name,
			exchange,
			hop: hop && {hop, findings: judgeHop(hop, around)},
			ofRedirect: ofRedirect.filter(isBreach).filter(isNews),
			ofChain: ofChain.filter(isBreach).filter(isNews),
			suspicions: hop ? [] : judgeAgain(exchange, around).filter(isBreach).filter(isNews),
		});
	}
}

/** The chain that an exchange is the last of, so far. */
function chainTo(last: Exchange, journal: Journal): Chain {
	const hops: Hop[] = [];
	const exchanges = [last];
	for (let hop = journal.hopTo(last); hop !== undefined; hop = journal.hopTo(hop.redirect)) {
		hops.unshift(hop);
		exchanges.unshift(hop.redirect);
	}
	return {hops, exchanges};
}

/** What the latest hop to the address of a direct call looks like after this call. */
function judgeAgain({request}: Exchange, around: Surroundings): readonly Finding[] {
	const hop = around.hops.findLast(({followUp}) => followUp?.request.url === request.url);
	if (hop === undefined || !isFollowed(hop) || !hop.followUp.sealed) return [];
	return judgeHop(hop, around).filter(({rule}) => rule === 'original-address-kept-in-use');
}

/** What the rules about redirects say of an exchange; only of an early answer they say anything. */
function judgeRedirect(exchange: Exchange, around: Surroundings): readonly Finding[] {
	const {afterAnswer, malformed} = exchange.request;
	if (afterAnswer === undefined && malformed === undefined) return [];
	const hop = around.hops.findLast(({redirect}) => redirect === exchange);
	// With a follow-up the whole hop is judged, when that is over.
	return hop === undefined || isFollowed(hop) ? [] : judgeHop(hop, around);
}

function isBreach({outcome}: Finding): boolean {
	return outcome === 'broken';
}

/** A chain grows, but begins where it began. */
function keyOf({exchanges, rule}: Finding): string {
	return `${exchanges[0]} ${rule}`;
}

/** Whether a thing comes for the first time, by its key. */
function onlyOnce<Thing>(key: (thing: Thing) => string): (thing: Thing) => boolean {
	const seen = new Set<string>();
	return thing => seen.size < seen.add(key(thing)).size;
}
