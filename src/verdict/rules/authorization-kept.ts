import {wentCrossOrigin} from '../message-facts.ts';
import {broken, kept, type MessageRule, notObserved} from '../rule.ts';
import {isMadeForTarget} from '../signatures.ts';
import {rfc9110} from '../sources.ts';
import {shownValue} from '../wire-text.ts';

/** Without it, every move within an API would end in a 401. */
export const authorizationKept: MessageRule = {
	id: 'authorization-kept',
	about: 'hop',
	sees: 'messages',
	level: 'de facto',
	statement: 'A client sends Authorization again to the same origin.',
	source: rfc9110(
		'11.6.2',
		'If a request is authenticated and a realm specified, the same credentials are presumed to be valid for all other requests within this realm',
	),
	appliesTo: hop => !wentCrossOrigin(hop) && hop.redirect.request.fields.has('authorization'),
	check({redirect, followUp}) {
		const before = redirect.request.fields.get('authorization')?.value ?? '';
		const after = followUp.request.fields.get('authorization')?.value;
		if (after === before) return kept;
		if (after !== undefined) {
			return notObserved(
				'another credential was sent, which may have been made for the new target',
			);
		}
		if (isMadeForTarget(before)) {
			return notObserved('the credential was made for one request, and holds for no other');
		}
		return broken(
			`Authorization: ${shownValue('authorization', before)}`,
			'no Authorization',
			'the client drops Authorization on every redirect, not only when the origin changes',
		);
	},
};
