import {AssertionError} from 'node:assert';
import {callFields} from '../http/field-kinds.ts';
import {headerValue} from '../http/header-lines.ts';
import {originOf} from '../http/origin.ts';
import {isPreflight} from '../http/preflight.ts';
import type {Exchange, RecordedRequest} from '../journal/exchange.ts';
import {type Hop, isFollowed} from '../journal/hop.ts';
import {formatRequestLine} from './exchange-text.ts';
import {judge} from './judge.ts';
import {answersNowhere, nowhereWords} from './message-facts.ts';
import {formatHop, formatVerdict} from './report.ts';
import type {Surroundings} from './rule.ts';

/**
 * Asserts, after a time of waiting, that redirects were answered and that none was followed.
 *
 * @param within how long was to be waited, in milliseconds
 * @param waited false when the double was closed before that
 * @throws {AssertionError} also when absence can't be shown: exchanges were dropped from the journal,
 *   the wait was cut short, a request came that nothing explains, or one that may be the follow-up is
 *   still coming in
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
	const led = brokenAtNowhere(surroundings);
	if (led !== undefined)
		throw failure(
			`The client sent a request because of a redirect that leads nowhere.\n\n${led}`,
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
	const stray = exchanges.find(exchange => isUnexplained(exchange, surroundings));
	if (stray !== undefined)
		throw failure(
			`Not observed: exchange ${stray.number} (${formatRequestLine(stray.request)}) came after a redirect, and no route of the scenario takes it; it may be a follow-up that missed the Location. If it is a call of its own, give it a route.`,
			'not observed',
		);
	const open = exchanges.find(exchange => mayBecomeFollowUp(exchange, hops));
	if (open !== undefined)
		throw failure(
			`Not observed: exchange ${open.number} (${formatRequestLine(open.request)}) is still coming in, and may be a follow-up.`,
			'not observed',
		);
}

/** What rules say of a client that followed a redirect without a usable Location; undefined when none does. */
function brokenAtNowhere(surroundings: Surroundings): string | undefined {
	const nowhere = new Set(
		surroundings.exchanges
			.filter(each => answersNowhere(each) && each.response?.fault === undefined)
			.map(({number}) => number),
	);
	if (nowhere.size === 0) return undefined;
	const verdict = judge(surroundings);
	const broken = verdict.broken.filter(
		({hop, exchanges: [exchange = 0]}) => hop === undefined && nowhere.has(exchange),
	);
	if (broken.length === 0) return undefined;
	return formatVerdict({...verdict, broken}, {exchanges: surroundings.exchanges});
}

/** Whether a request is still coming in, and some redirect, not its own, waits for one. */
function mayBecomeFollowUp(exchange: Exchange, hops: readonly Hop[]): boolean {
	if (exchange.request.endedAt !== undefined) return false;
	return hops.some(({state, redirect}) => state === 'waiting' && redirect !== exchange);
}

/** A later request with the same method and body as a redirected one, or the same per-call field, but no retry. */
function findSuspect({exchanges, hops, isFollowUp, scenario}: Surroundings): Exchange | undefined {
	const fields = [...callFields, ...scenario.callHeaders];
	const redirects = new Set(hops.map(({redirect}) => redirect));
	/** The URLs of the redirected requests so far, by what each of them is known again by. */
	const redirected = new Map<string, Set<string>>();
	for (const exchange of exchanges) {
		const {url} = exchange.request;
		const keys = likenesses(exchange, fields);
		const urls = keys.flatMap(key => [...(redirected.get(key) ?? [])]);
		if (!isFollowUp(exchange) && urls.some(each => each !== url)) return exchange;
		if (!redirects.has(exchange)) continue;
		for (const key of keys) redirected.set(key, (redirected.get(key) ?? new Set()).add(url));
	}
	return undefined;
}

/** Its method with its body, unless that is empty, and its per-call fields. */
function likenesses({request}: Exchange, fields: readonly string[]): string[] {
	const {method, headers, body} = request;
	const calls = fields.flatMap(name => {
		const value = headerValue(headers, name);
		return value === undefined ? [] : [`${name}: ${value}`];
	});
	return body.size > 0 ? [`${method} ${body.sha256}`, ...calls] : calls;
}

/**
 * Whether a request that no route took came, as far as can be told, from the program that was redirected,
 * after that and where it was going on, and is neither a follow-up, a retry nor a preflight.
 */
function isUnexplained(exchange: Exchange, {hops, isFollowUp}: Surroundings): boolean {
	const {miss, request} = exchange;
	if (miss === undefined || isPreflight(request) || isFollowUp(exchange)) return false;
	if (hops.some(({redirect}) => redirect.request.url === request.url)) return false;
	return hops.some(({redirect}) => mayHaveLedTo(redirect, request));
}

function mayHaveLedTo({request, response}: Exchange, later: RecordedRequest): boolean {
	if (response === undefined || later.beganAt < response.sentAt) return false;
	const origins = [originOf(request.url), response.location?.resolved?.origin];
	return origins.includes(originOf(later.url)) && !areOfOthers(request, later);
}

/** Whether both carry a field that is the same all along a chain, with different values: a browser asks for an icon, too. */
function areOfOthers({headers: one}: RecordedRequest, {headers: other}: RecordedRequest): boolean {
	return ['User-Agent', 'Sec-Fetch-Dest'].some(name => {
		const [a, b] = [headerValue(one, name), headerValue(other, name)];
		return a !== undefined && b !== undefined && a !== b;
	});
}

/** Without a Location there is no telling a follow-up from other requests: none may come. */
function assertNothingAfter(pointless: Exchange, exchanges: readonly Exchange[]): void {
	const {number, response} = pointless;
	const next = exchanges.find(exchange => exchange.number > number);
	if (next === undefined) return;
	throw failure(
		`Not observed: exchange ${number} was answered with ${response?.status} ${nowhereWords(pointless)}, and exchange ${next.number} (${formatRequestLine(next.request)}) came after it.`,
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
