import {headerValue} from '../../http/header-lines.ts';
import {wentCrossOrigin} from '../message-facts.ts';
import {broken, type HopRule, kept, notObserved} from '../rule.ts';
import {fetchRedirect} from '../sources.ts';
import {shownUrl, shownValue} from '../wire-text.ts';

/** An origin is scheme, host and port: another port is another origin. */
export const authorizationWithheld: HopRule = {
	id: 'authorization-withheld',
	about: 'hop',
	level: 'de facto',
	statement: 'A client withholds Authorization from another origin.',
	source: fetchRedirect(
		13,
		'the moment another origin is seen after the initial request, the `Authorization` header is removed.',
	),
	appliesTo: hop =>
		wentCrossOrigin(hop) &&
		headerValue(hop.redirect.request.headers, 'authorization') !== undefined,
	check({redirect, followUp}) {
		const before = headerValue(redirect.request.headers, 'authorization');
		const after = headerValue(followUp.request.headers, 'authorization');
		if (after === undefined) return kept;
		const {origin} = followUp.request;
		if (after !== before) {
			return notObserved(
				`another credential was sent, which may be the client's own for ${shownUrl(origin)}`,
			);
		}
		return broken(
			`no Authorization at ${shownUrl(origin)}`,
			`Authorization: ${shownValue('authorization', after)}, meant for ${shownUrl(redirect.request.origin)}`,
			'all headers were copied without a look at the origin, or only the host name was compared',
		);
	},
};
