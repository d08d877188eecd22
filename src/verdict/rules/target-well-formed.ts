import type {Exchange} from '../../journal/exchange.ts';
import {type Hop, isFollowed} from '../../journal/hop.ts';
import {journalIndex} from '../journal-index.ts';
import {broken, kept, notObserved, type RedirectRule} from '../rule.ts';
import {rfc9110} from '../sources.ts';
import {shownUrl} from '../wire-text.ts';

/** 9112, 3.2 allows no whitespace in a target, in words that are no requirement; the grammar is one. */
export const targetWellFormed: RedirectRule = {
	id: 'target-well-formed',
	about: 'redirect',
	level: 'must',
	statement: 'A client encodes the characters of a Location that may stand in no request-target.',
	source: rfc9110(
		'2.2',
		'A sender MUST NOT generate protocol elements that do not match the grammar defined by the corresponding ABNF rules.',
	),
	appliesTo: hop => oddPart(hop) !== undefined,
	check(hop, surroundings) {
		const part = oddPart(hop) ?? '';
		if (isFollowed(hop)) return judgeTarget(hop.followUp, hop.followUp.request.target);
		const raw = journalIndex(surroundings)
			.oddTargets()
			.find(({exchange, target}) => exchange.number > hop.redirect.number && target.includes(part));
		if (raw !== undefined) return judgeTarget(raw.exchange, raw.target);
		return notObserved(
			hop.state === 'declined'
				? 'the redirect was not followed'
				: 'the redirect still waits for a follow-up',
		);
	},
};

function judgeTarget({number}: Exchange, target: string): ReturnType<RedirectRule['check']> {
	if (!odd.test(target)) return kept;
	return broken(
		`a request-target with %20 and the like in the place of ${targetPartInWords(target)}`,
		`exchange ${number}: ${shownUrl(target)}`,
		'the client puts the Location into the request line as it came',
	);
}

/** What may stand in no URI; the recorder writes a byte as the character of its number. */
const odd = /[^\x21-\x7e]/;

function targetPartInWords(target: string): string {
	if (/ /.test(target)) return 'spaces';
	return /[\x80-\uffff]/.test(target) ? 'raw bytes above 7F' : 'control characters';
}

/** The segment of a Location in which such a character stands, spaces around the Location apart; undefined for none. */
function oddPart({redirect: {response}}: Hop): string | undefined {
	const sent = response?.location?.sent ?? '';
	if (!odd.test(sent)) return undefined;
	const [reference = ''] = sent.trim().split('#', 1);
	return reference.split(/[/?]/).find(segment => odd.test(segment));
}
