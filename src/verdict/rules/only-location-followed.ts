import {headerValue} from '../../http/header-lines.ts';
import {isRedirectStatus} from '../../http/redirect-status.ts';
import type {Exchange} from '../../journal/exchange.ts';
import {type Decoy, decoysOf, judgeDecoys} from '../decoys.ts';
import {headCame} from '../message-facts.ts';
import {type ExchangeRule, notObserved} from '../rule.ts';
import {fetchRedirect} from '../sources.ts';

/** Without a Location there is nothing to follow; other fields with an address in them are no Location. */
export const onlyLocationFollowed: ExchangeRule = {
	id: 'only-location-followed',
	about: 'exchange',
	level: 'de facto',
	statement: 'A client follows a redirect only by its Location, and nowhere when there is none.',
	source: fetchRedirect(4, 'If locationURL is null, then return response.'),
	appliesTo: ({response}) =>
		response !== undefined &&
		response.location === undefined &&
		isRedirectStatus(response.status) &&
		headCame(response),
	check(exchange, surroundings) {
		const status = exchange.response?.status ?? 0;
		const decoys = [...ofFields(exchange), ...ofNothing(exchange)];
		const expected = `nothing more: the ${status} has no Location`;
		const outcome = judgeDecoys(exchange, decoys, surroundings, expected);
		if (outcome.outcome === 'kept' && refreshOf(exchange) !== undefined && isNavigation(exchange))
			return notObserved(refreshing);
		return outcome;
	},
};

const refreshing =
	'a browser that navigates obeys Refresh on any status (HTML Standard), after the time that it names';

/** The fields of a response that hold an address and are no Location. */
function ofFields(exchange: Exchange): Decoy[] {
	const headers = exchange.response?.headers ?? [];
	const refresh = isNavigation(exchange) ? undefined : refreshOf(exchange);
	const uri = headerValue(headers, 'uri')?.replace(/^<([^>]*)>.*$/, '$1');
	const content = headerValue(headers, 'content-location');
	const fields = [
		['Refresh', refresh],
		['URI', uri],
		['Content-Location', content],
	] as const;
	return fields.flatMap(([name, reference]) =>
		reference === undefined
			? []
			: decoysOf(reference, exchange, {
					place: `the address in its ${name}`,
					cause: `the client, or its caller, took ${name} for a Location`,
				}),
	);
}

/** What programs write for the value that is not there, taken for a reference: `new URL(undefined, base)`. */
function ofNothing(exchange: Exchange): Decoy[] {
	return ['undefined', 'null', 'None', 'nil'].flatMap(word =>
		[word, `/${word}`].flatMap(reference =>
			decoysOf(reference, exchange, {
				place: `an address that the word "${word}" makes`,
				cause: `the client took the Location that is not there for the word "${word}"`,
				tells: 'with its content',
			}),
		),
	);
}

/** The URL of a Refresh such as `5;url=/v2`; undefined for one that names none. */
function refreshOf({response}: Exchange): string | undefined {
	const value = headerValue(response?.headers ?? [], 'refresh');
	return /^[\s\d.]*[;,\s]\s*(?:url\s*=\s*)?["']?([^"']+)/i.exec(value ?? '')?.[1]?.trim();
}

/** Whether a browser asks for a document to show: it says so, or asks for HTML. */
function isNavigation({request}: Exchange): boolean {
	return (
		headerValue(request.headers, 'sec-fetch-mode') === 'navigate' ||
		/\btext\/html\b/i.test(headerValue(request.headers, 'accept') ?? '')
	);
}
