import {printable} from '../http/printable.ts';
import {maskedUrl} from '../http/secrets.ts';
import type {Exchange, MalformedMessage} from '../journal/exchange.ts';
import type {Journal} from '../journal/journal.ts';
import {fieldsIn, type HarManner} from './har-fields.ts';
import {messageIn, type Secrets, urlIn} from './secrets.ts';

/** The hop that an exchange begins, and the one that it follows, with what ties the two. */
export function linksOf(exchange: Exchange, journal: Journal): object {
	const begun = journal.hopFrom(exchange);
	const followed = journal.hopTo(exchange);
	return {
		...(begun && {
			redirect: {
				hop: begun.number,
				state: begun.state,
				...(begun.followUp && {followUp: begun.followUp.number}),
			},
		}),
		...(followed?.link && {
			followUpOf: {exchange: followed.redirect.number, hop: followed.number, ...followed.link},
		}),
	};
}

/** What is known of an exchange that the format has no name for. */
export function factsOf(exchange: Exchange, manner: HarManner): object {
	const {number, sealed, request, connection, interim, response} = exchange;
	const {target, trailers, framing, body, http2, afterAnswer, malformed} = request;
	const {secrets} = manner;
	return {
		exchange: number,
		sealed,
		target: urlIn(target, secrets),
		framing,
		body: {size: body.size, sha256: body.sha256, complete: body.complete},
		connection: {
			...connection,
			...(connection.tunnel !== undefined && {tunnel: urlIn(connection.tunnel, secrets)}),
		},
		...(trailers.length > 0 && {trailers: fieldsIn(trailers, manner)}),
		...(http2 && {
			http2: {...http2, pseudoHeaders: fieldsIn(http2.pseudoHeaders, manner)},
		}),
		...(afterAnswer && {afterAnswer}),
		...(malformed && {malformed: malformedIn(malformed, secrets)}),
		...(interim && {
			interim: interim.map(({status, headers}) => ({status, headers: fieldsIn(headers, manner)})),
		}),
		...(response?.location && {locationSent: urlIn(response.location.sent, secrets)}),
		...(response?.fault && {fault: response.fault}),
	};
}

/** Its bytes as text, a character for each. */
function malformedIn({code, message, bytes}: MalformedMessage, secrets: Secrets): object {
	return {code, message: printable(maskedUrl(message)), bytes: messageIn(bytes, secrets)};
}
