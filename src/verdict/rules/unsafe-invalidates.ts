import type {Exchange} from '../../journal/exchange.ts';
import {journalIndex} from '../journal-index.ts';
import {broken, kept, notObserved, type RedirectRule} from '../rule.ts';
import {rfc9111} from '../sources.ts';
import {
	isRetrieval,
	isTracedRetrieval,
	nextCall,
	nextUse,
	noLaterCall,
	storageOf,
	unsafeMethods,
	wentBack,
	whyNotStored,
} from '../stored-redirect.ts';
import {shownMethod, shownUrl} from '../wire-text.ts';

export const unsafeInvalidates: RedirectRule = {
	id: 'unsafe-invalidates',
	about: 'redirect',
	level: 'must',
	statement:
		'A client forgets a stored redirect once POST, PUT, PATCH or DELETE has succeeded at the same address.',
	source: rfc9111(
		'4.4',
		'A cache MUST invalidate the target URI (Section 7.1 of [HTTP]) when it receives a non-error status code in response to an unsafe request method (including methods whose safety is unknown).',
	),
	appliesTo(hop) {
		if (!isTracedRetrieval(hop)) return false;
		const {allowed, lifetime} = storageOf(hop.redirect.response?.headers ?? []);
		return allowed && lifetime > 0;
	},
	check(hop, surroundings) {
		if (!isTracedRetrieval(hop)) return noLaterCall(surroundings);
		const {request} = hop.redirect;
		const {later} = journalIndex(surroundings);
		const change = later.callOf(unsafeMethods, hop.followUp.number, request.url, request);
		if (change === undefined || !isNonError(change))
			return notObserved('no unsafe request to the same address succeeded after the redirect');
		const use = nextUse(
			hop,
			surroundings,
			next => isRetrieval(next) && next.number > change.number,
		);
		const call = nextCall(hop, surroundings, change.request.beganAt);
		if (wentBack(call, use)) return kept;
		if (use === undefined) return notObserved('no later call came after the unsafe request');
		const reason = whyNotStored(hop, use, surroundings);
		if (reason !== undefined) return notObserved(reason);
		const {method, url} = use.request;
		return broken(
			`a later call that begins at ${shownUrl(request.url)}, as exchange ${change.number}, ${shownMethod(change.request.method)}, has changed what is there`,
			`exchange ${use.number}: ${shownMethod(method)} ${shownUrl(url)}`,
			'the client, or a cache in it, does not look at what it has stored when it sends an unsafe request',
		);
	},
};

/** RFC 9111, 4.4: a status of 2xx or 3xx. */
function isNonError({response}: Exchange): boolean {
	return response?.complete === true && response.status >= 200 && response.status < 400;
}
