import type {Expectation} from './expectation.ts';
import {type Traits, urlTraits} from './traits.ts';

/**
 * A query dropped, kept from the original request, with something added, or written in another way:
 * the usual mistakes. Without a body, any other query may be a call of its own.
 */
export function isQueryMistake({traits, targets}: Expectation, {query}: Traits): boolean {
	if (query === '' || query === traits.query) return true;
	return targets.some(target => {
		const wanted = urlTraits(target).query;
		if (wanted === '') return false;
		return query.startsWith(`${wanted}&`) || loosely(query) === loosely(wanted);
	});
}

/** A query without its order, case and encoding. */
function loosely(query: string): string {
	const pairs = [...new URLSearchParams(query.toLowerCase())].map(pair => pair.join('='));
	return pairs.sort().join('&');
}
