import {createRequire} from 'node:module';
import type * as Levenshtein from 'fastest-levenshtein';

const require = createRequire(import.meta.url);

/**
 * How many letters have to be changed, put in or taken out to make one text of the other
 * (Levenshtein). Its package is loaded when a name is wrong, and not at every start.
 */
export function editDistance(one: string, other: string): number {
	const {distance}: typeof Levenshtein = require('fastest-levenshtein');
	return distance(one, other);
}
