import {resolveLocation} from '../http/location.ts';
import {Recent} from '../http/recent.ts';
import type {Exchange} from '../journal/exchange.ts';
import {isOneCall, whyStillOpen} from './aftermath.ts';
import {hasSameContent} from './call-values.ts';
import {journalIndex} from './journal-index.ts';
import {broken, kept, notObserved, type Outcome, type Surroundings} from './rule.ts';
import {shownMethod, shownUrl} from './wire-text.ts';

/** An address that a response brings up, and to which it redirects nobody. */
export interface Decoy {
	/** The absolute, documented URL. */
	readonly url: string;
	/** What it is, such as `the address in its Refresh`; in the reason why a request to it proves nothing. */
	readonly place: string;
	/** What a client that goes there has taken it for. */
	readonly cause: string;
	/**
	 * Who asks for it without having been told to by the response: nobody (`always` tells), or only a
	 * program that sends something else (`with its content`). Anybody may, unless told.
	 */
	readonly tells?: 'always' | 'with its content';
}

/**
 * The decoys of a reference that a client may take for a Location; none for one that leads nowhere, or
 * back to where the request went, where a second request would be a retry.
 */
export function decoysOf(
	reference: string,
	{request}: Exchange,
	about: Omit<Decoy, 'url'>,
): Decoy[] {
	return urlsOf(reference, request.url).map(url => ({url, ...about}));
}

/** Where references lead that came lately, from the URLs that were asked for: most come again. */
const known = new Recent<string, readonly string[]>();

function urlsOf(reference: string, base: string): readonly string[] {
	const key = `${base}\n${reference}`;
	const lately = known.get(key);
	if (lately !== undefined) return lately;
	const resolved = resolveLocation([reference], base);
	const urls =
		typeof resolved === 'string'
			? []
			: resolved.targets.map(target => resolved.origin + target).filter(url => url !== base);
	known.set(key, urls);
	return urls;
}

/**
 * What a client made of the decoys of an exchange. A request to one of them breaks the rule only where
 * it is shown that this response caused it: anybody may call an address of his own accord.
 *
 * @param expected what a conforming client would have done
 */
export function judgeDecoys(
	exchange: Exchange,
	decoys: readonly Decoy[],
	surroundings: Surroundings,
	expected: string,
): Outcome {
	let reason: string | undefined;
	for (const decoy of decoys) {
		const later = firstThere(exchange, decoy.url, surroundings);
		if (later === undefined) continue;
		const {number, request} = later;
		if (isTold(exchange, later, decoy) || isOneCall(exchange, later, surroundings))
			return broken(
				expected,
				`exchange ${number}: ${shownMethod(request.method)} ${shownUrl(request.url)}`,
				decoy.cause,
			);
		reason ??= `exchange ${number} went to ${decoy.place}, and the wire does not show whether this answer caused it; a per-call header would`;
	}
	reason ??= whyStillOpen(exchange, surroundings);
	return reason === undefined ? kept : notObserved(reason);
}

/** So many requests to one address are looked at: those of other calls may come before. */
const mostThere = 8;

/** The first request to a URL that the exchange may have caused; undefined for none among those that came next. */
function firstThere(exchange: Exchange, url: string, around: Surroundings): Exchange | undefined {
	const {arrivals} = journalIndex(around);
	let later = arrivals.after(exchange.number, url);
	for (let count = 1; later !== undefined && count <= mostThere; count++) {
		if (mayBeCausedBy(exchange, later, around)) return later;
		later = arrivals.after(later.number, url);
	}
	return undefined;
}

/** Not what came before the answer, what another redirect caused, nor what grading asked for. */
function mayBeCausedBy(
	exchange: Exchange,
	later: Exchange,
	{asked, isFollowUp}: Surroundings,
): boolean {
	const answeredAt = exchange.response?.sentAt ?? Number.POSITIVE_INFINITY;
	if (later.request.beganAt < answeredAt || asked?.has(later.number)) return false;
	return !isFollowUp(later);
}

function isTold(exchange: Exchange, later: Exchange, {tells}: Decoy): boolean {
	return tells === 'always' || (tells === 'with its content' && hasSameContent(exchange, later));
}
