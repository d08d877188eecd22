import {FollowthroughError} from '../errors.ts';
import {didYouMean} from './near-name.ts';

/**
 * Refuses options that nobody reads: a misspelt one would silently do nothing.
 *
 * @throws FollowthroughError OPTION_INVALID, with the nearest right name
 */
export function assertKnownNames(of: string, given: object, known: readonly string[]): void {
	const unknown = Object.keys(given ?? {}).find(name => !known.includes(name));
	if (unknown === undefined) return;
	const guess = didYouMean(unknown, known) || '.';
	throw new FollowthroughError(
		'OPTION_INVALID',
		`${of} has no option "${unknown}"${guess} It has ${known.join(', ')}.`,
	);
}
