import {allowsMethod, isRedirectStatus} from '../../http/redirect-status.ts';
import {statusOf} from '../message-facts.ts';
import {methodChanged} from '../method-change.ts';
import {kept, type MessageRule} from '../rule.ts';
import {rfc9110} from '../sources.ts';

/** 301 and 302: POST may become GET, and nothing else may change. */
export const onlyPostBecomesGet: MessageRule = {
	id: 'only-post-becomes-get',
	about: 'hop',
	sees: 'messages',
	level: 'should',
	statement:
		'On 301 and 302 a client turns POST into GET or keeps the method; it changes no other.',
	source: rfc9110(
		'15.4',
		'the user agent SHOULD resend the original request message … status codes 301 and 302 have been adjusted to allow a POST request to be redirected as GET',
	),
	appliesTo: hop => statusOf(hop) === 301 || statusOf(hop) === 302,
	check(hop) {
		const status = statusOf(hop);
		const {method} = hop.redirect.request;
		const followed = hop.followUp.request.method;
		const allowed = isRedirectStatus(status) && allowsMethod(status, method, followed);
		return allowed ? kept : methodChanged(hop);
	},
};
