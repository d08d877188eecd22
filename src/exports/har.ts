import type {Double} from '../double.ts';
import type {Exchange} from '../journal/exchange.ts';
import {noHttpWords, whyUnserved} from '../journal/exchange-words.ts';
import type {Journal} from '../journal/journal.ts';
import {packageVersion} from '../package-version.ts';
import {BodyRoom} from './body-content.ts';
import {documentFields} from './documented-fields.ts';
import {factsOf, linksOf} from './har-facts.ts';
import type {HarManner} from './har-fields.ts';
import {requestIn} from './har-request.ts';
import {responseIn} from './har-response.ts';
import {jsonText} from './json-text.ts';
import type {Secrets} from './secrets.ts';

/** In bytes; a larger body is left out. */
const largestBody = 1024 ** 2;

/**
 * All exchanges as an HTTP Archive 1.2, in the order in which their heads arrived. What the format has no
 * place for stands in `_followthrough`: readers pass over names that begin with an underscore.
 *
 * @see http://www.softwareishard.com/blog/har-12-spec/
 */
export async function toHar(double: Double, secrets: Secrets): Promise<string> {
	const {name, exchanges, journal} = double;
	const room = new BodyRoom(largestBody);
	const manner = {secrets, document: documentFields(double), room};
	const entries: unknown[] = [];
	// One after another: many large bodies at once would fill the memory.
	for (const exchange of exchanges) entries.push(await entryOf(exchange, journal, manner));
	const log = {
		version: '1.2',
		creator: {name: 'Followthrough', version: packageVersion()},
		pages: [],
		entries,
		comment: commentOf(secrets),
		_followthrough: {scenario: name, dropped: journal.dropped, secrets},
	};
	return jsonText({log});
}

function commentOf(secrets: Secrets): string {
	const seen =
		'As a test double saw it, at the documented URLs; the content of responses was not recorded.';
	return secrets === 'shown' ? seen : `${seen} Secrets are ***.`;
}

async function entryOf(exchange: Exchange, journal: Journal, manner: HarManner): Promise<unknown> {
	const {request, connection} = exchange;
	const timings = timingsOf(exchange);
	const comment = commentOn(exchange, journal);
	return {
		startedDateTime: new Date(journal.startedAt + request.beganAt).toISOString(),
		time: timings.send + timings.wait + timings.receive,
		request: await requestIn(exchange, manner),
		response: responseIn(exchange, manner),
		cache: {},
		timings,
		connection: String(connection.number),
		...(comment !== '' && {comment}),
		_followthrough: {...linksOf(exchange, journal), ...factsOf(exchange, manner)},
	};
}

/**
 * As the double sees them: `send` is how long the body took to come in, `wait` how long the answer took
 * then. When the answer had arrived at the client, nobody here knows.
 */
function timingsOf({request, response}: Exchange) {
	const {beganAt, endedAt = beganAt} = request;
	const sentAt = response?.sentAt ?? endedAt;
	const unknown = {blocked: -1, dns: -1, connect: -1, ssl: -1};
	return {...unknown, send: endedAt - beganAt, wait: Math.max(0, sentAt - endedAt), receive: 0};
}

function commentOn(exchange: Exchange, journal: Journal): string {
	const {request, sealed} = exchange;
	const hop = journal.hopTo(exchange);
	return [
		...(hop === undefined ? [] : [`follow-up of exchange ${hop.redirect.number}`]),
		...(request.malformed !== undefined && request.method === '' ? [noHttpWords(request)] : []),
		...[whyUnserved(exchange) ?? []].flat(),
		...(sealed ? [] : ['still going on']),
	].join('; ');
}
