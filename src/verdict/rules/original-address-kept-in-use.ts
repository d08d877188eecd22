import type {Exchange} from '../../journal/exchange.ts';
import {journalIndex} from '../journal-index.ts';
import {statusOf} from '../message-facts.ts';
import {
	broken,
	type FollowedHop,
	type HopRule,
	kept,
	notObserved,
	type Outcome,
	type Surroundings,
} from '../rule.ts';
import {rfc9110} from '../sources.ts';
import {
	callsForRepetition,
	isRetrieval,
	mayBeReused,
	nextUse,
	noLaterCall,
	wentBack,
	whyNotStored,
} from '../stored-redirect.ts';
import {shownMethod, shownUrl} from '../wire-text.ts';

/** The words of the RFC are "ought to", which is no requirement; but nearly every client does. */
export const originalAddressKeptInUse: HopRule = {
	id: 'original-address-kept-in-use',
	about: 'hop',
	sees: 'journal',
	level: 'de facto',
	statement: 'After a temporary redirect a client makes its later calls at the original address.',
	source: rfc9110(
		'15.4.8',
		'Since the redirection can change over time, the client ought to continue using the original target URI for future requests.',
	),
	appliesTo: hop => statusOf(hop) !== 303,
	check(hop, surroundings) {
		const reused = nextUse(hop, surroundings, () => true);
		const direct = laterCall(hop, hop.followUp.request.url, surroundings);
		const again = laterCall(hop, hop.redirect.request.url, surroundings);
		const suspect = reused ?? direct;
		if (wentBack(again, suspect)) return kept;
		const permission = mayBeReused(hop, suspect?.request.beganAt);
		if (permission !== undefined) return notObserved(permission);
		const goesOn = reused && whyNotStored(hop, reused, surroundings);
		if (goesOn !== undefined) return notObserved(goesOn);
		if (reused !== undefined && isRetrieval(hop.redirect)) return notObserved(cached);
		if (suspect !== undefined && callsForRepetition(hop.followUp)) {
			return notObserved(
				'a later call went straight to the temporary address, but it may be the follow-up once more, which had not succeeded',
			);
		}
		if (reused !== undefined) return skipped(hop, reused);
		if (direct !== undefined) {
			const asked = surroundings.asked?.get(direct.number);
			return asked === hop.redirect.request.url
				? skipped(hop, direct)
				: notObserved(meantOrRemembered);
		}
		return noLaterCall(surroundings);
	},
};

const meantOrRemembered =
	'a later call went straight to the temporary address, and the wire does not show whether the client remembered it or was told to; tagged links would';

/** One fault, one rule: what a cache may keep, RFC 9111 says. */
const cached =
	'the stored redirect itself was used again, of which the rules about stored redirects speak';

function skipped(hop: FollowedHop, call: Exchange): Outcome {
	const {method, url} = call.request;
	return broken(
		`a later call that begins at ${shownUrl(hop.redirect.request.url)}`,
		`exchange ${call.number}: ${shownMethod(method)} ${shownUrl(url)}`,
		'the client stored the temporary address in the place of the original one',
	);
}

/** The first call after the follow-up to `url`, by the same method and user agent. */
function laterCall(hop: FollowedHop, url: string, around: Surroundings): Exchange | undefined {
	return journalIndex(around).later.call(hop.followUp.number, url, hop.redirect.request);
}
