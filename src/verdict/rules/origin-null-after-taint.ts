import {originOf} from '../../http/origin.ts';
import {namedAuthorities} from '../../journal/named-authority.ts';
import {wentCrossOrigin} from '../message-facts.ts';
import type {Message} from '../messages.ts';
import {broken, kept, type MessageRule, notObserved} from '../rule.ts';
import {fetchSection} from '../sources.ts';
import {shownUrl} from '../wire-text.ts';

/**
 * A server that was asked across origins, and sends the client on to a third one, has chosen what it asks
 * there: the page did not. Only browsers make an Origin; they are known by Sec-Fetch-Site (Node's fetch
 * sends Sec-Fetch-Mode, and copies the Origin of its caller).
 */
export const originNullAfterTaint: MessageRule = {
	id: 'origin-null-after-taint',
	about: 'hop',
	sees: 'messages',
	level: 'de facto',
	statement: 'A browser that another origin sends on to yet another names its Origin as null.',
	source: fetchSection(
		'redirect-taint',
		'concept-request-tainted-origin',
		"If url's origin is not same origin with lastURL's origin and request's origin is not same origin with lastURL's origin, then set taint to \"same-site\".",
	),
	appliesTo: hop => wentCrossOrigin(hop) && namesForeignPage(hop.redirect.request),
	check({redirect, followUp}) {
		const before = redirect.request.fields.get('origin')?.value ?? '';
		const after = followUp.request.fields.get('origin')?.value;
		if (after === 'null') return kept;
		if (after === undefined) {
			return notObserved('there is no Origin, and not every request of a browser has one');
		}
		if (after !== before)
			return notObserved('another Origin was sent, which the caller may have set');
		return broken(
			'Origin: null',
			`Origin: ${shownUrl(after)}`,
			'the Origin of the first request was sent again, though a foreign server chose the target',
		);
	},
};

/** Whether a browser sent this request for a page of another origin; its listener's address is its own origin, too. */
function namesForeignPage(request: Message): boolean {
	const page = request.fields.get('origin')?.value;
	if (page === undefined || page === 'null' || !request.fields.has('sec-fetch-site')) return false;
	const own = namedAuthorities(request).flatMap(host => [
		originOf(`http://${host}`),
		originOf(`https://${host}`),
	]);
	return page !== request.origin && !own.includes(page);
}
