import type {Double} from '../double.ts';
import {Recent} from '../http/recent.ts';
import type {Exchange} from '../journal/exchange.ts';
import {type Chain, type Hop, isFollowed} from '../journal/hop.ts';
import type {Journal} from '../journal/journal.ts';
import {judgeChain, judgeExchange, judgeHop} from '../verdict/judge.ts';
import type {Surroundings} from '../verdict/rule.ts';
import {surroundingsOf} from '../verdict/surroundings.ts';
import type {Finding} from '../verdict/verdict.ts';
import type {LiveExchange} from './live-text.ts';
import type {Served} from './open-doubles.ts';

/**
 * Tells each exchange of a double when it is over, until the double is closed; a reset begins anew. Only what the exchange
 * has to do with is judged, so that the cost of telling does not grow with the journal's square.
 */
export async function followLive(
	{double}: Pick<Served, 'double'>,
	tell: (live: LiveExchange) => void,
): Promise<void> {
	const {journal} = double;
	// A reset ends what is told of a journal, and begins another list.
	for (let seen: Journal['exchanges'] | undefined; seen !== journal.exchanges; ) {
		seen = journal.exchanges;
		await followJournal(double, tell);
	}
}

async function followJournal(double: Double, tell: (live: LiveExchange) => void): Promise<void> {
	const {journal} = double;
	const isNews = onlyOnce(keyOf);
	const tokens = new Recent<string, TokenUse>();
	for await (const exchange of journal) {
		const around = surroundingsOf(double.scenario, journal);
		const hop = journal.hopTo(exchange);
		const ofRedirect = judgeRedirect(exchange, journal, around);
		const ofChain = hop ? judgeChain(chainTo(exchange, journal), around) : [];
		tell({
			scenario: double.name,
			exchange,
			hop: hop && {hop, findings: judgeHop(hop, around)},
			ofExchange: judgeExchange(exchange, around).filter(isBreach),
			ofRedirect: ofRedirect.filter(isBreach).filter(isNews),
			ofChain: ofChain.filter(isBreach).filter(isNews),
			suspicions: hop ? [] : judgeAgain(tokens, exchange, journal, around).filter(isBreach),
		});
		const {hopToken} = exchange.request;
		if (hop !== undefined && hopToken !== undefined) tokens.set(hopToken, {followUp: exchange});
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

/** The follow-up that carried a token, until the token came again. */
interface TokenUse {
	followUp: Exchange | undefined;
}

/**
 * What the hop of a token looks like when the token comes again, for the first time. Of a call without
 * one nothing can be said: nobody knows here what the client was told to do.
 *
 * @param tokens the uses by their tokens
 */
function judgeAgain(
	tokens: Recent<string, TokenUse>,
	{request: {hopToken}}: Exchange,
	journal: Journal,
	around: Surroundings,
): readonly Finding[] {
	const use = hopToken === undefined ? undefined : tokens.get(hopToken);
	const hop = use?.followUp && journal.hopTo(use.followUp);
	if (use === undefined || hop === undefined) return [];
	// What the first later use tells, the next ones can't change.
	use.followUp = undefined;
	return judgeHop(hop, around).filter(({rule}) => rule === 'original-address-kept-in-use');
}

/** What the rules about redirects say of an exchange; only of an early answer they say anything. */
function judgeRedirect(
	exchange: Exchange,
	journal: Journal,
	around: Surroundings,
): readonly Finding[] {
	const {afterAnswer, malformed} = exchange.request;
	if (afterAnswer === undefined && malformed === undefined) return [];
	const hop = journal.hopFrom(exchange);
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
