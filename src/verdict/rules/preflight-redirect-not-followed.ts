import {type HeaderLines, headerValue} from '../../http/header-lines.ts';
import {leadsTo} from '../../http/location.ts';
import {isPreflight} from '../../http/preflight.ts';
import {type FollowedHop, type Hop, isFollowed} from '../../journal/hop.ts';
import {journalIndex} from '../journal-index.ts';
import {broken, kept, notObserved, type RedirectRule, type Surroundings} from '../rule.ts';
import {fetchPreflight} from '../sources.ts';
import {shownMethod, shownUrl} from '../wire-text.ts';

export const preflightRedirectNotFollowed: RedirectRule = {
	id: 'preflight-redirect-not-followed',
	about: 'redirect',
	level: 'de facto',
	statement:
		'A client whose CORS preflight is redirected reports an error, and sends nothing more.',
	source: fetchPreflight(8, 'Otherwise, return a network error.'),
	appliesTo: ({redirect}) => isPreflight(redirect.request),
	check(hop, surroundings) {
		const {request, number} = hop.redirect;
		if (isFollowed(hop) && mayBeForAnother(hop, surroundings)) return notObserved(forAnother);
		if (isFollowed(hop))
			return broken(
				'no request after the preflight',
				`exchange ${hop.followUp.number}: ${shownMethod(hop.followUp.request.method)} ${shownUrl(hop.followUp.request.url)}`,
				'the client follows the redirect of a preflight like any other',
			);
		const method = headerValue(request.headers, 'access-control-request-method') ?? '';
		const {later} = journalIndex(surroundings);
		const meant = later.call(number, request.url, {...request, method});
		const origin = headerValue(request.headers, 'origin');
		if (
			meant !== undefined &&
			headerValue(meant.request.headers, 'origin') === origin &&
			wasAskedFor(method, request.headers, meant.request.headers)
		) {
			const again = later.call(number, request.url, request);
			if (again !== undefined && again.number < meant.number)
				return notObserved('another preflight came before the request itself');
			if ((journalIndex(surroundings).firstLeave(request.url) ?? number) < number)
				return notObserved('an earlier preflight had got leave, which may be that of the request');
			return broken(
				'no request after the preflight',
				`exchange ${meant.number}: ${shownMethod(method)} ${shownUrl(request.url)}`,
				'the client takes a redirect for the permission that it asked for',
			);
		}
		return hop.state === 'declined'
			? kept
			: notObserved('the redirect still waits for a follow-up');
	},
};

const forAnother =
	'a preflight at the same address may ask for leave for another request, which was to go there as well';

/** Whether what looks like the follow-up may be the preflight of another call, or of another redirect. */
function mayBeForAnother({redirect, followUp}: FollowedHop, {hops}: Surroundings): boolean {
	const {url} = followUp.request;
	if (!isPreflight(followUp.request)) return false;
	if (url === redirect.request.url) return true;
	return hops.some(
		other =>
			other.redirect.number < followUp.number &&
			!isPreflight(other.redirect.request) &&
			isLedTo(other, url),
	);
}

function isLedTo({redirect}: Hop, url: string): boolean {
	const resolved = redirect.response?.location?.resolved;
	return resolved !== undefined && leadsTo(resolved, url);
}

/** Whether the request itself, by its method or its fields, is one that a browser asks for leave for. */
function wasAskedFor(method: string, preflight: HeaderLines, itself: HeaderLines): boolean {
	const asked = headerValue(preflight, 'access-control-request-headers') ?? '';
	const names = asked.split(',').flatMap(name => name.trim() || []);
	if (names.length === 0) return !safelisted.has(method);
	return names.every(name => headerValue(itself, name) !== undefined);
}

/** CORS-safelisted methods (https://fetch.spec.whatwg.org/#cors-safelisted-method): they need no leave. */
const safelisted = new Set(['GET', 'HEAD', 'POST']);
