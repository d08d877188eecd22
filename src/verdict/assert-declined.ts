import {AssertionError} from 'node:assert';
import {isFollowed} from '../journal/hop.ts';
import {formatHop} from './report.ts';
import type {Surroundings} from './rule.ts';

/**
 * Asserts, after a time of waiting, that redirects were answered and that none was followed.
 *
 * @param within how long was waited, in milliseconds; for the text
 * @throws {AssertionError} also when the journal has dropped exchanges: then absence can't be shown
 */
export function assertNoneFollowed({hops, dropped}: Surroundings, within: number): void {
	const followed = hops.find(isFollowed);
	if (followed !== undefined)
		throw failure(
			`The client followed a redirect that it should have declined.\n\n${formatHop(followed)}`,
			'followed',
		);
	if (hops.length === 0)
		throw failure(`No redirect was answered within ${within} ms, so none was declined.`, 'no hop');
	if (dropped > 0)
		throw failure(
			`Not observed: the journal has dropped ${dropped} exchanges, so a follow-up may have come. Raise maxExchanges.`,
			'not observed',
		);
}

function failure(message: string, actual: string): AssertionError {
	return new AssertionError({
		message,
		actual,
		expected: 'declined',
		operator: 'assertDeclined',
		stackStartFn: assertNoneFollowed,
	});
}
