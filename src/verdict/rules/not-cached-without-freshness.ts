import {statusOf} from '../message-facts.ts';
import {broken, kept, notObserved, type RedirectRule} from '../rule.ts';
import {rfc9111} from '../sources.ts';
import {
	isRetrieval,
	isTracedRetrieval,
	nextCall,
	nextUse,
	noLaterCall,
	storageOf,
	wentBack,
	whyNotReused,
} from '../stored-redirect.ts';
import {shownMethod, shownUrl} from '../wire-text.ts';

/** 301 and 308 are heuristically cacheable (RFC 9110, 15.1); of the others a cache must be told. */
export const notCachedWithoutFreshness: RedirectRule = {
	id: 'not-cached-without-freshness',
	about: 'redirect',
	level: 'must',
	statement: 'A client stores no temporary redirect that does not say how long it holds.',
	source: rfc9111('3', 'A cache MUST NOT store a response to a request unless'),
	appliesTo(hop) {
		const status = statusOf(hop);
		if (status !== 307 && status !== 302 && status !== 303) return false;
		if (!isTracedRetrieval(hop)) return false;
		return !storageOf(hop.redirect.response?.headers ?? []).allowed;
	},
	check(hop, surroundings) {
		if (!isTracedRetrieval(hop)) return noLaterCall(surroundings);
		const use = nextUse(hop, surroundings, isRetrieval);
		const call = nextCall(hop, surroundings);
		if (wentBack(call, use)) return kept;
		if (use === undefined) return noLaterCall(surroundings);
		const reason = whyNotReused(hop, use, surroundings);
		if (reason !== undefined) return notObserved(reason);
		const {method, url} = use.request;
		return broken(
			`a later call that begins at ${shownUrl(hop.redirect.request.url)}`,
			`exchange ${use.number}: ${shownMethod(method)} ${shownUrl(url)}`,
			'the client, or a cache in it, kept a redirect that says nothing of how long it holds',
		);
	},
};
