import {journalIndex} from '../journal-index.ts';
import {broken, kept, notObserved, type RedirectRule} from '../rule.ts';
import {rfc9111} from '../sources.ts';
import {
	isTracedRetrieval,
	nextUse,
	noLaterCall,
	unsafeMethods,
	whyNotStored,
} from '../stored-redirect.ts';
import {shownMethod, shownUrl} from '../wire-text.ts';

/** The redirect of a retrieval may be stored; it says nothing of what another method will meet. */
export const unsafeNotFromCache: RedirectRule = {
	id: 'unsafe-not-from-cache',
	about: 'redirect',
	level: 'must',
	statement:
		'A client asks the original address with POST, PUT, PATCH and DELETE, whatever redirect of a GET it has stored.',
	source: rfc9111(
		'4',
		'A cache MUST write through requests with methods that are unsafe (Section 9.2.1 of [HTTP]) to the origin server',
	),
	appliesTo: isTracedRetrieval,
	check(hop, surroundings) {
		if (!isTracedRetrieval(hop)) return noLaterCall(surroundings);
		const {request} = hop.redirect;
		const use = nextUse(hop, surroundings, later => unsafeMethods.includes(later.request.method));
		const {later} = journalIndex(surroundings);
		const call = later.callOf(unsafeMethods, hop.followUp.number, request.url, request);
		if (use === undefined) return call === undefined ? noLaterCall(surroundings) : kept;
		const reason = whyNotStored(hop, use, surroundings);
		if (reason !== undefined) return notObserved(reason);
		const {method, url} = use.request;
		return broken(
			`${shownMethod(method)} ${shownUrl(request.url)}`,
			`exchange ${use.number}: ${shownMethod(method)} ${shownUrl(url)}`,
			`the client answered ${shownMethod(method)} with the stored redirect of a ${shownMethod(request.method)}`,
		);
	},
};
