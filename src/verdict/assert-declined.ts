import {AssertionError} from 'node:assert';
import {callFields} from '../http/field-kinds.ts';
import {headerValue} from '../http/header-lines.ts';
import type {Exchange} from '../journal/exchange.ts';
import {isFollowed} from '../journal/hop.ts';
import {answersNowhere} from './message-facts.ts';
import {formatHop, formatRequestLine} from './report.ts';
import type {Surroundings} from './rule.ts';

/**
 * Asserts, after a time of waiting, that redirects were answered and that none was followed.
 *
 * @param within how long was to be waited, in milliseconds
 * @param waited false when the double was closed before that
 * @throws {AssertionError} also when absence can't be shown: exchanges were dropped from the journal,
 *   the wait was cut short, or a request that may be the follow-up is still coming in
 */
export function assertNoneFollowed(
	surroundings: Surroundings,
	{within, waited}: {readonly within: number; readonly waited: boolean},
): void {
	const {exchanges, hops, dropped} = surroundings;
	const followed = hops.find(isFollowed);
	if (followed !== undefined)
		throw failure(
			`The client followed a redirect that it should have declined.\n\n${formatHop(followed)}`,
			'followed',
		);
	if (!waited)
		throw failure(
			`Not observed: the double was closed or reset before ${within} ms had passed.`,
			'not observed',
		);
	if (dropped > 0)
		throw failure(
			`Not observed: the journal has dropped ${dropped} exchanges, so a follow-up may have come. Raise maxExchanges.`,
			'not observed',
		);
	const pointless = exchanges.findLast(answersNowhere);
	if (hops.length === 0 && pointless !== undefined) assertNothingAfter(pointless, exchanges);
	else if (hops.length === 0)
		throw failure(`No redirect was answered within ${within} ms, so none was declined.`, 'no hop');
	const suspect = findSuspect(surroundings);
	if (suspect !== undefined)
		throw failure(
			`Not observed: exchange ${suspect.number} (${formatRequestLine(suspect.request)}) is like a redirected request, though it went elsewhere than its Location leads; it may be a follow-up.`,
			'not observed',
		);
	const open = exchanges.find(({request}) => request.endedAt === undefined);
	if (hops.some(({state}) => state === 'waiting') && open !== undefined)
		throw failure(
			`Not observed: exchange ${open.number} (${formatRequestLine(open.request)}) is still coming in, and may be a follow-up.`,
			'not observed',
		);
}

/** A later request with the same method and body as a redirected one, or the same per-call field, but no retry. */
function findSuspect({exchanges, hops, hopTo, scenario}: Surroundings): Exchange | undefined {
	const fields = [...callFields, ...scenario.callHeaders];
	const isLike = ({request}: Exchange, {request: first}: Exchange): boolean => {
		const sameBody = first.body.size > 0 && first.body.sha256 === request.body.sha256;
		const sameCall = fields.some(name => {
			const value = headerValue(first.headers, name);
			return value !== undefined && value === headerValue(request.headers, name);
		});
		return request.url !== first.url && (sameCall || (sameBody && request.method === first.method));
	};
	return exchanges.find(
		exchange =>
			hopTo(exchange) === undefined &&
			hops.some(({redirect}) => redirect.number < exchange.number && isLike(exchange, redirect)),
	);
}

/** Without a Location there is no telling a follow-up from other requests: none may come. */
function assertNothingAfter({number, response}: Exchange, exchanges: readonly Exchange[]): void {
	const next = exchanges.find(exchange => exchange.number > number);
	if (next === undefined) return;
	throw failure(
		`Not observed: exchange ${number} was answered with ${response?.status} and no Location that leads anywhere, and exchange ${next.number} (${formatRequestLine(next.request)}) came after it.`,
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
