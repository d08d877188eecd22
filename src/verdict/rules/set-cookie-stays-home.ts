import {cookieName, cookiePairs, cookiesUnknown} from '../cookies.ts';
import {journalIndex} from '../journal-index.ts';
import type {Messages} from '../messages.ts';
import {messagesOf} from '../messages.ts';
import {broken, type HopRule, kept, notObserved} from '../rule.ts';
import {
	documentedPlace,
	isFor,
	parseSetCookie,
	type SetCookie,
	shownPlace,
} from '../set-cookies.ts';
import {rfc6265} from '../sources.ts';
import {shownUrl} from '../wire-text.ts';

/** A client may forget a cookie (RFC 6265, 5.4); one that sends it must look where it is for. */
export const setCookieStaysHome: HopRule = {
	id: 'set-cookie-stays-home',
	about: 'hop',
	sees: 'journal',
	level: 'must',
	statement: 'A client sends no cookie that the redirect set to a host or path that it is not for.',
	source: rfc6265(
		'5.4',
		'The user agent MUST use an algorithm equivalent to the following algorithm to compute the "cookie-string" from a cookie store and a request-uri',
	),
	appliesTo: messages => foreignCookies(messages, documentedPlace).length > 0,
	check(hop, surroundings) {
		const messages = messagesOf(hop);
		const sent = new Set(cookiePairs(hop.followUp.request.headers));
		const before = new Set(cookiePairs(hop.redirect.request.headers));
		const strays = foreignCookies(messages, documentedPlace).filter(({pair}) => sent.has(pair));
		if (strays.length === 0) return kept;
		if (surroundings.dropped > 0) return notObserved(cookiesUnknown);
		const index = journalIndex(surroundings);
		const isHome = ({pair}: SetCookie) =>
			before.has(pair) || (index.firstSetting(pair) ?? hop.redirect.number) < hop.redirect.number;
		const foreign = new Set(foreignCookies(messages, shownPlace).map(({pair}) => pair));
		const shown = strays.filter(({pair}) => foreign.has(pair));
		if (shown.length === 0) return notObserved(oneHost);
		const wrong = shown.filter(cookie => !isHome(cookie));
		if (wrong.length === 0) {
			return notObserved('the client had the same cookie before the redirect set it');
		}
		const names = wrong.map(({pair}) => `${shownUrl(cookieName(pair))}=***`).join('; ');
		return broken(
			`no cookie of ${shownUrl(hop.redirect.request.url)} at ${shownUrl(hop.followUp.request.url)}`,
			`Cookie: ${names}`,
			'the Set-Cookie of the redirect was copied into the follow-up, without a look at where the cookie is for',
		);
	},
};

const oneHost =
	'to the client both are ports of one host, and cookies do not know ports (RFC 6265, 8.5)';

/** The cookies that the redirect set, and that are not for where the follow-up went. */
function foreignCookies(
	{redirect, followUp}: Messages,
	placeOf: typeof documentedPlace,
): SetCookie[] {
	const {setCookies} = redirect.response;
	if (setCookies.length === 0) return [];
	const setAt = placeOf(redirect.request);
	const sentTo = placeOf(followUp.request);
	const cookies = setCookies.map(parseSetCookie);
	const allowed = cookies.filter(cookie => isFor(cookie, setAt, sentTo)).map(({pair}) => pair);
	return cookies.filter(({pair}) => !allowed.includes(pair));
}
