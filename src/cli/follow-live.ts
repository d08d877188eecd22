import {splitOrigin} from '../http/origin.ts';
import {isRedirectStatus} from '../http/redirect-status.ts';
import type {Exchange} from '../journal/exchange.ts';
import {findNearMiss, type NearMiss} from '../scenario/near-miss.ts';
import {counts} from '../verdict/enforced.ts';
import type {Finding} from '../verdict/verdict.ts';
import type {LiveExchange} from './live-text.ts';
import type {Served} from './open-doubles.ts';

/** What came to a double while it was served. */
export interface Tally {
	exchanges: number;
	/** Redirects that could be followed. */
	redirects: number;
	followed: number;
	/** Breaches of rules, policy rules that no scenario enforces apart. */
	broken: number;
}

/**
 * Tells each exchange of a double when it is over, until the double is closed.
 *
 * @param tally is counted up
 */
export async function followLive(
	served: Served,
	tally: Tally,
	tell: (live: LiveExchange) => void,
): Promise<void> {
	const {double} = served;
	let known = new Set<string>();
	for await (const exchange of double.journal) {
		const {broken, kept, notObserved} = double.verdict();
		const fresh = broken.filter(finding => !known.has(keyOf(finding)));
		// Only what the journal still holds: the rest can't come up again.
		known = new Set(broken.map(keyOf));
		const hop = double.journal.hopTo(exchange);
		// A rule about a chain names all of its exchanges, one about a hop its two.
		const ends = ({exchanges}: Finding) => exchanges.at(-1) === exchange.number;
		const isOfHop = (finding: Finding) => ends(finding) && finding.hop === hop?.number;
		const ofHop = [...fresh, ...kept, ...notObserved].filter(isOfHop);
		count(
			tally,
			exchange,
			hop !== undefined,
			fresh.filter(ends).filter(finding => counts(finding, served.compiled.scenario)).length,
		);
		tell({
			scenario: double.name,
			exchange,
			hop: hop && {hop, findings: ofHop},
			miss: await missOf(exchange, served),
			ofChain: fresh.filter(finding => ends(finding) && !isOfHop(finding)),
			suspicions: fresh.filter(finding => !ends(finding)),
		});
	}
}

/** A chain grows, but begins where it began. */
function keyOf({exchanges, rule}: Finding): string {
	return `${exchanges[0]} ${rule}`;
}

function count(tally: Tally, {response}: Exchange, follows: boolean, broken: number): void {
	tally.exchanges += 1;
	tally.broken += broken;
	if (follows) tally.followed += 1;
	if (response?.location?.resolved && isRedirectStatus(response.status)) tally.redirects += 1;
}

/** The nearest route, for a request that none took. Bodies that are gone match nothing. */
async function missOf(
	{request, response}: Exchange,
	{compiled, double}: Served,
): Promise<NearMiss | undefined> {
	if (response === undefined || response.route !== undefined || request.malformed) return undefined;
	const {rest = ''} = splitOrigin(request.url) ?? {};
	const mark = rest.indexOf('?');
	const miss = findNearMiss(compiled, {
		method: request.method,
		url: request.url,
		path: (mark < 0 ? rest : rest.slice(0, mark)) || '/',
		query: new URLSearchParams(mark < 0 ? '' : rest.slice(mark + 1)),
		headers: request.headers,
		body: await request.body.bytes().catch(() => new Uint8Array()),
		...(double.phase !== undefined && {phase: double.phase}),
		isUsedUp: () => false,
	});
	// What would match now did not then: nothing but time has passed.
	return miss && miss.reasons.length === 0 ? {...miss, reasons: [usedUp]} : miss;
}

const usedUp = 'its responses are used up, or it answers in another phase';
