import {cameHome} from '../came-home.ts';
import {cookieName, cookiePairs, cookiesUnknown, wasSetByDouble} from '../cookies.ts';
import {wentCrossOrigin} from '../message-facts.ts';
import {broken, type HopRule, kept, notObserved} from '../rule.ts';
import {shownUrl} from '../wire-text.ts';

/** Cookies of a jar do not know ports (RFC 6265, 8.5): only a cookie set by the caller can leak here. */
export const cookieWithheld: HopRule = {
	id: 'cookie-withheld',
	about: 'hop',
	sees: 'journal',
	level: 'de facto',
	statement: 'A client withholds the cookies that its caller set from another origin.',
	source: Object.freeze({
		document: 'curl advisory, CVE-2022-27776',
		url: 'https://curl.se/docs/CVE-2022-27776.html',
		passage:
			'curl might leak authentication or cookie header data on HTTP redirects to the same host but another port number.',
	}),
	appliesTo: hop =>
		wentCrossOrigin(hop) &&
		hop.redirect.request.fields.has('cookie') &&
		cookiePairs(hop.redirect.request.headers).length > 0,
	check(hop, surroundings) {
		const before = new Set(cookiePairs(hop.redirect.request.headers));
		const sentOn = cookiePairs(hop.followUp.request.headers).filter(pair => before.has(pair));
		if (sentOn.length === 0) return kept;
		if (surroundings.dropped > 0) return notObserved(cookiesUnknown);
		const leaked = sentOn.filter(pair => !wasSetByDouble(pair, hop, surroundings));
		if (leaked.length === 0) {
			return notObserved(
				'the cookies were set by the double itself, and a cookie jar shares them between the ports of one host (RFC 6265, 8.5)',
			);
		}
		const hasThem = ({headers}: typeof hop.redirect.request) =>
			leaked.every(pair => cookiePairs(headers).includes(pair));
		if (cameHome(hop, surroundings, hasThem)) {
			return notObserved('the cookies came back to the origin that they had been sent to first');
		}
		const shown = leaked.map(pair => `${shownUrl(cookieName(pair))}=***`).join('; ');
		return broken(
			`no Cookie at ${shownUrl(hop.followUp.request.origin)}`,
			`Cookie: ${shown}, meant for ${shownUrl(hop.redirect.request.origin)}`,
			'the Cookie header that the caller set was copied without a look at the origin',
		);
	},
};
