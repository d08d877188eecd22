import {headerValue} from '../../http/header-lines.ts';
import {wentCrossOrigin} from '../message-facts.ts';
import {broken, type HopRule, kept, notObserved} from '../rule.ts';
import {rfc9110} from '../sources.ts';
import {shownValue} from '../wire-text.ts';

/** Without it, every move within an API would end in a 401. */
export const authorizationKept: HopRule = {
	id: 'authorization-kept',
	about: 'hop',
	level: 'de facto',
	statement: 'A client sends Authorization again to the same origin.',
	source: rfc9110(
		'11.6.2',
		'If a request is authenticated and a realm specified, the same credentials are presumed to be valid for all other requests within this realm',
	),
	appliesTo: hop =>
		!wentCrossOrigin(hop) &&
		headerValue(hop.redirect.request.headers, 'authorization') !== undefined,
	check({redirect, followUp}) {
		const before = headerValue(redirect.request.headers, 'authorization') ?? '';
		const after = headerValue(followUp.request.headers, 'authorization');
		if (after === before) return kept;
		if (after !== undefined) {
			return notObserved(
				'another credential was sent, which may have been made for the new target',
			);
		}
		return broken(
			`Authorization: ${shownValue('authorization', before)}`,
			'no Authorization',
			'the client drops Authorization on every redirect, not only when the origin changes',
		);
	},
};
