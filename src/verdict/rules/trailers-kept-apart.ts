import {type Fields, fieldsOf} from '../fields.ts';
import {broken, kept, type MessageRule, notObserved} from '../rule.ts';
import {rfc9110} from '../sources.ts';
import {shownValue} from '../wire-text.ts';

/** Their definition allows them to be moved (RFC 9530, 2 and 3). */
const movable = new Set(['content-digest', 'repr-digest']);

/** The MUST NOT of 6.5.1 is a recipient's; to resend trailer fields as such, or to drop them, is legal. */
export const trailersKeptApart: MessageRule = {
	id: 'trailers-kept-apart',
	about: 'hop',
	sees: 'messages',
	level: 'policy',
	statement: 'A client that follows makes no header fields of the trailer fields that it sent.',
	source: rfc9110(
		'6.5',
		'Trailer fields ought to be processed and stored separately from the fields in the header section',
	),
	appliesTo: ({redirect}) => redirect.request.trailers.length > 0,
	check({redirect, followUp}) {
		const trailers = fieldsOf(redirect.request.trailers);
		const added = addedTo(followUp.request.fields, redirect.request.fields, trailers);
		if (added.length === 0) return kept;
		const moved = added.filter(({key, value, is}) => value === is && !movable.has(key));
		if (moved.length === 0) {
			return notObserved('the fields may have been made for the header section of the follow-up');
		}
		return broken(
			moved.map(({name}) => `no ${name} among the header fields`).join('\n'),
			moved.map(({name, value}) => `${name}: ${shownValue(name, value)}`).join('\n'),
			'the client keeps header and trailer fields in one map, and sends all of it as the head',
		);
	},
};

/** The trailer fields that the follow-up has as header fields, and the redirected request had not. */
function addedTo(after: Fields, before: Fields, trailers: Fields) {
	return [...trailers].flatMap(([key, {name, value}]) => {
		const is = after.get(key)?.value;
		return is === undefined || before.has(key) ? [] : [{key, name, value, is}];
	});
}
