import {isContentField} from '../../http/content-fields.ts';
import {type HeaderLine, headerValue} from '../../http/header-lines.ts';
import type {Exchange} from '../../journal/exchange.ts';
import type {Chain} from '../../journal/hop.ts';
import {withDoubtOf} from '../doubt.ts';
import {broken, type ChainRule, kept, notObserved, type Outcome} from '../rule.ts';
import {fetchRedirect} from '../sources.ts';
import {shownBody, shownMethod, shownValue} from '../wire-text.ts';

/**
 * What a request lost when it became a GET is gone for the rest of its chain. Where the rules about a hop
 * see it come back, at a hop that has the message sent again, they tell it.
 */
export const methodDoesNotReturn: ChainRule = {
	id: 'method-does-not-return',
	about: 'chain',
	level: 'de facto',
	statement:
		'A client that has turned a request into GET sends nothing of its method, body or content headers on later hops.',
	source: fetchRedirect(12, "Set request's method to `GET` and request's body to null."),
	appliesTo: chain => rewriteOf(chain) !== undefined,
	check(chain, surroundings) {
		const rewrite = rewriteOf(chain);
		if (rewrite === undefined) return notObserved('no request was turned into GET');
		let before = rewrite.became;
		for (const exchange of rewrite.later) {
			const outcome = checkLater(rewrite, before, exchange);
			if (outcome !== kept) return withDoubtOf(chain, exchange, outcome, surroundings);
			before = exchange;
		}
		return kept;
	},
};

interface Rewrite {
	/** The request that had another method. */
	readonly original: Exchange;
	/** The GET or HEAD that it became. */
	readonly became: Exchange;
	/** What came after that; never empty. */
	readonly later: readonly Exchange[];
}

/** Where a request was first turned into GET or HEAD, with requests that came later. */
function rewriteOf({exchanges, hops}: Chain): Rewrite | undefined {
	if (hops.length < 2) return undefined;
	for (const [index, original] of exchanges.entries()) {
		const became = exchanges[index + 1];
		if (became === undefined || retrieves(original) || !retrieves(became)) continue;
		const later = exchanges.slice(index + 2);
		return later.length === 0 ? undefined : {original, became, later};
	}
	return undefined;
}

function retrieves({request}: Exchange): boolean {
	return request.method === 'GET' || request.method === 'HEAD';
}

function checkLater(rewrite: Rewrite, before: Exchange, exchange: Exchange): Outcome {
	const {number, request} = exchange;
	const expected = 'a GET without content, as after the first redirect';
	if (!retrieves(exchange)) {
		return notObserved(
			`exchange ${number} has ${shownMethod(request.method)} again, which the rules about its hop tell`,
		);
	}
	if (request.body.size > 0 && before.request.body.size === 0) {
		return before.response?.status === 303
			? broken(expected, `exchange ${number}: ${shownBody(request.body)}`, cause)
			: notObserved(`exchange ${number} has a body again, which body-preserved tells of its hop`);
	}
	const back = request.headers.filter(line => cameBack(line, rewrite));
	if (back.length === 0) return kept;
	const lines = back.map(([name, value]) => `${name}: ${shownValue(name, value)}`).join(', ');
	return broken(expected, `exchange ${number}: ${lines}`, cause);
}

const cause =
	'each follow-up is made from the first request, and not from the one that was redirected';

/** Whether a content field of the original request, which went with its content, is there again. */
function cameBack([name, value]: HeaderLine, {original, became}: Rewrite): boolean {
	return (
		isContentField(name) &&
		headerValue(original.request.headers, name) === value &&
		headerValue(became.request.headers, name) === undefined
	);
}
