import {repeatedCredential} from '../credentials.ts';
import {wentCrossOrigin} from '../message-facts.ts';
import {broken, type HopRule, kept, notObserved} from '../rule.ts';
import {rfc9110} from '../sources.ts';
import {shownUrl, shownValue} from '../wire-text.ts';

/** A credential for a proxy that reaches a server is lost already; at another origin it is given away. */
export const proxyAuthorizationWithheld: HopRule = {
	id: 'proxy-authorization-withheld',
	about: 'hop',
	sees: 'journal',
	level: 'de facto',
	statement: 'A client withholds Proxy-Authorization from another origin.',
	source: rfc9110(
		'11.7.2',
		'Unlike Authorization, the Proxy-Authorization header field applies only to the next inbound proxy that demanded authentication using the Proxy-Authenticate header field.',
	),
	appliesTo: hop => wentCrossOrigin(hop) && hop.redirect.request.fields.has('proxy-authorization'),
	check({redirect, followUp}) {
		const {headers, origin} = followUp.request;
		const leaked = repeatedCredential('proxy-authorization', redirect.request.headers, headers);
		if (redirect.connection.door === 'proxy' || followUp.connection.door === 'proxy') {
			return notObserved('the request came through the proxy, for which the field is meant');
		}
		if (leaked !== undefined) {
			return broken(
				`no Proxy-Authorization at ${shownUrl(origin)}`,
				`Proxy-Authorization: ${shownValue('proxy-authorization', leaked)}, as at ${shownUrl(redirect.request.origin)}`,
				'all headers were copied, but for those that were thought of: Authorization and Cookie',
			);
		}
		if (headers.some(([name]) => name.toLowerCase() === 'proxy-authorization')) {
			return notObserved('another credential was sent, which may be for another proxy');
		}
		return kept;
	},
};
