import {headerValue} from '../../http/header-lines.ts';
import {cameHome} from '../came-home.ts';
import {repeatedCredential} from '../credentials.ts';
import {wentCrossOrigin} from '../message-facts.ts';
import {broken, type HopRule, kept, notObserved} from '../rule.ts';
import {fetchRedirect} from '../sources.ts';
import {isMadeOf} from '../userinfo.ts';
import {shownUrl, shownValue} from '../wire-text.ts';

/** An origin is scheme, host and port: another port is another origin. */
export const authorizationWithheld: HopRule = {
	id: 'authorization-withheld',
	about: 'hop',
	sees: 'journal',
	level: 'de facto',
	statement: 'A client withholds Authorization from another origin.',
	source: fetchRedirect(
		13,
		'the moment another origin is seen after the initial request, the `Authorization` header is removed.',
	),
	appliesTo: hop => wentCrossOrigin(hop) && hop.redirect.request.fields.has('authorization'),
	check(hop, surroundings) {
		const {redirect, followUp} = hop;
		const {headers, origin} = followUp.request;
		if (headerValue(headers, 'authorization') === undefined) return kept;
		const leaked = repeatedCredential('authorization', redirect.request.headers, headers);
		if (leaked === undefined) {
			return notObserved(
				`another credential was sent, which may be the client's own for ${shownUrl(origin)}`,
			);
		}
		if (isMadeOf(redirect.response?.location?.documented ?? '', leaked))
			return notObserved(madeOfLocation);
		const hasIt = (request: typeof redirect.request) =>
			repeatedCredential('authorization', request.headers, headers) !== undefined;
		if (cameHome(hop, surroundings, hasIt)) {
			return notObserved('the credential came back to the origin that it had been sent to first');
		}
		if (isUpgrade(redirect.request.origin, origin)) return notObserved(carriedToHttps);
		return broken(
			`no Authorization at ${shownUrl(origin)}`,
			`Authorization: ${shownValue('authorization', leaked)}, meant for ${shownUrl(redirect.request.origin)}`,
			'all headers were copied without a look at the origin, or only the host name was compared',
		);
	},
};

const madeOfLocation =
	'the user name and the password in the Location make the same credential, so that it may be made of them: see userinfo-not-used';

const carriedToHttps =
	'the same host was reached by https on its default port, where clients such as requests and httpx take credentials along by design';

/** From http to https on one host, both on their default ports. */
function isUpgrade(from: string, to: string): boolean {
	return /^http:\/\/(?:\[[^\]]*\]|[^:]*)$/.test(from) && to === `https${from.slice('http'.length)}`;
}
