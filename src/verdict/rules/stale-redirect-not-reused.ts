import {headerValue} from '../../http/header-lines.ts';
import {isRedirectStatus} from '../../http/redirect-status.ts';
import type {Exchange} from '../../journal/exchange.ts';
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

/** Milliseconds: ages count in whole seconds, at both ends (RFC 9111, 1.2.2). */
const rounding = 2000;

export const staleRedirectNotReused: RedirectRule = {
	id: 'stale-redirect-not-reused',
	about: 'redirect',
	level: 'must',
	statement: 'A client that stored a redirect asks the original address again once it is stale.',
	source: rfc9111(
		'4.2.4',
		'A cache MUST NOT generate a stale response unless it is disconnected or doing so is explicitly permitted by the client or origin server',
	),
	appliesTo(hop) {
		if (!isRedirectStatus(statusOf(hop)) || !isTracedRetrieval(hop)) return false;
		const {allowed, lifetime} = storageOf(hop.redirect.response?.headers ?? []);
		return allowed && Number.isFinite(lifetime);
	},
	check(hop, surroundings) {
		const {response} = hop.redirect;
		if (!isTracedRetrieval(hop) || response === undefined) return noLaterCall(surroundings);
		const {lifetime, mayBeStale} = storageOf(response.headers);
		const stale = response.sentAt + (lifetime === 0 ? 0 : lifetime + rounding);
		const use = nextUse(
			hop,
			surroundings,
			later => isRetrieval(later) && later.request.beganAt >= stale,
		);
		const call = nextCall(hop, surroundings, stale);
		if (wentBack(call, use)) return kept;
		if (use === undefined)
			return lifetime === 0
				? noLaterCall(surroundings)
				: notObserved('no later call came after the redirect had become stale');
		if (mayBeStale || allowsStale(use))
			return notObserved('the redirect, or the later request, allows a stale response');
		const reason = whyNotReused(hop, use, surroundings);
		if (reason !== undefined) return notObserved(reason);
		const {method, url, beganAt} = use.request;
		const age = lifetime === 0 ? '' : `, ${Math.floor((beganAt - response.sentAt) / 1000)} s later`;
		const limit = lifetime === 0 ? 'at once' : `after ${lifetime / 1000} s`;
		return broken(
			`a call that begins at ${shownUrl(hop.redirect.request.url)}, as the redirect is stale ${limit}`,
			`exchange ${use.number}: ${shownMethod(method)} ${shownUrl(url)}${age}`,
			'the client, or a cache in it, does not look at how long the redirect holds',
		);
	},
};

function allowsStale({request}: Exchange): boolean {
	return /\bmax-stale\b/i.test(headerValue(request.headers, 'cache-control') ?? '');
}
