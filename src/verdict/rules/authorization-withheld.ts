import {type HeaderLines, headerValues} from '../../http/header-lines.ts';
import {wentCrossOrigin} from '../message-facts.ts';
import {broken, kept, type MessageRule, notObserved} from '../rule.ts';
import {fetchRedirect} from '../sources.ts';
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
		const before = credentials(redirect.request.headers).map(comparable);
		const after = credentials(followUp.request.headers);
		if (after.length === 0) return kept;
		const {origin} = followUp.request;
		const leaked = after.find(credential => before.includes(comparable(credential)));
		if (leaked === undefined) {
			return notObserved(
				`another credential was sent, which may be the client's own for ${shownUrl(origin)}`,
			);
		}
		return broken(
			`no Authorization at ${shownUrl(origin)}`,
			`Authorization: ${shownValue('authorization', leaked)}, meant for ${shownUrl(redirect.request.origin)}`,
			'all headers were copied without a look at the origin, or only the host name was compared',
		);
	},
};

/** The credential of each Authorization line; of several lines also the one that a client may join them to. */
function credentials(headers: HeaderLines): string[] {
	const lines = headerValues(headers, 'authorization');
	return lines.length > 1 ? [...lines, lines.join(', ')] : lines;
}

/** The scheme without case, and one space behind it (RFC 9110, 11.1 and 11.4). */
function comparable(credential: string): string {
	return credential.replace(/^([^ ]+) +/, (_, scheme: string) => `${scheme.toLowerCase()} `);
}
