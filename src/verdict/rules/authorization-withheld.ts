import {repeatedCredential} from '../credentials.ts';
import {wentCrossOrigin} from '../message-facts.ts';
import {broken, kept, type MessageRule, notObserved} from '../rule.ts';
import {fetchRedirect} from '../sources.ts';
import {isMadeOf} from '../userinfo.ts';
import {shownUrl, shownValue} from '../wire-text.ts';

/** An origin is scheme, host and port: another port is another origin. */
export const authorizationWithheld: MessageRule = {
	id: 'authorization-withheld',
	about: 'hop',
	sees: 'messages',
	level: 'de facto',
	statement: 'A client withholds Authorization from another origin.',
	source: fetchRedirect(
		13,
		'the moment another origin is seen after the initial request, the `Authorization` header is removed.',
	),
	appliesTo: hop => wentCrossOrigin(hop) && hop.redirect.request.fields.has('authorization'),
	check({redirect, followUp}) {
		if (!followUp.request.fields.has('authorization')) return kept;
		const {origin} = followUp.request;
		const leaked = repeatedCredential(
			'authorization',
			redirect.request.headers,
			followUp.request.headers,
		);
		if (leaked === undefined) {
			return notObserved(
				`another credential was sent, which may be the client's own for ${shownUrl(origin)}`,
			);
		}
		if (isMadeOf(redirect.response.location?.documented ?? '', leaked))
			return notObserved(madeOfLocation);
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
