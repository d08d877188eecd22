import {AssertionError} from 'node:assert';
import type {Exchange} from '../journal/exchange.ts';
import {whyUnserved} from '../journal/exchange-words.ts';
import type {Hop} from '../journal/hop.ts';
import {circlesLeft} from './circle.ts';
import {checkEnforced, counts} from './enforced.ts';
import {formatRequestLine, formatResponseLine} from './exchange-text.ts';
import {judge} from './judge.ts';
import {answersNowhere, nowhereWords} from './message-facts.ts';
import {formatVerdict} from './report.ts';
import type {Surroundings} from './rule.ts';
import type {Finding, Verdict} from './verdict.ts';

/** One line of the `actual` and `expected` of a failed assertion, for the diff of a test runner. */
export type AssertedLine =
	| {readonly redirects: string}
	| {readonly dropped: number}
	| {readonly hop: number; readonly state: Hop['state']}
	| {readonly hop: number; readonly rule: string; readonly value: string}
	| {readonly exchange: number; readonly rule: string; readonly value: string};

/**
 * Asserts that at least one redirect was answered, that every redirect was followed, and that no
 * must, should or de-facto rule was broken, nor a policy rule that the scenario enforces.
 *
 * @throws {AssertionError} whose `actual` and `expected` are lists of `AssertedLine`, and whose message tells each hop
 * @throws {FollowthroughError} `RULE_UNKNOWN` when the scenario enforces what is no rule
 */
export function assertFollowedThrough(surroundings: Surroundings): void {
	const {scenario, hops} = surroundings;
	checkEnforced(scenario);
	if (surroundings.dropped > 0) throw notObserved(surroundings);
	const all = judge(surroundings);
	const broken = all.broken.filter(finding => counts(finding, scenario));
	if (hops.length === 0) throw noRedirect(surroundings, {...all, broken});
	const missed = hops.filter(({state}) => state !== 'followed');
	const left = missed.length === 0 ? undefined : circlesLeft(all);
	const open = missed.filter(({number, state}) => state !== 'declined' || !left?.has(number));
	if (broken.length + open.length === 0) return;
	throw failure(
		[
			'The client did not follow through.',
			formatVerdict({...all, broken}, open.length > 0 ? {hops} : surroundings),
			...(open.length > 0 ? [whatCameInstead(surroundings, open[0])] : []),
		],
		[...open.map(stateLine), ...broken.map(actualLine)],
		[...open.map(followedLine), ...broken.map(expectedLine)],
	);
}

function failure(
	paragraphs: readonly string[],
	actual: readonly AssertedLine[],
	expected: readonly AssertedLine[],
): AssertionError {
	return new AssertionError({
		message: paragraphs.join('\n\n'),
		actual,
		expected,
		operator: 'assertFollowedThrough',
		stackStartFn: assertFollowedThrough,
	});
}

/** Among the exchanges that are gone, any rule may have been broken. */
function notObserved({scenario, dropped}: Surroundings): AssertionError {
	const message = `Not observed: the journal of scenario "${scenario.name}" has dropped ${dropped} exchanges, so nobody can tell whether the client followed through. Raise maxExchanges, or reset the double more often.`;
	return failure([message], [{dropped}], [{dropped: 0}]);
}

/** Without a redirect, rules about exchanges may have been broken all the same. */
function noRedirect(surroundings: Surroundings, verdict: Verdict): AssertionError {
	const {broken} = verdict;
	return failure(
		[
			`The client did not follow through: scenario "${surroundings.scenario.name}" answered no redirect.`,
			...leadsNowhere(surroundings),
			...(broken.length > 0 ? [formatVerdict(verdict, surroundings)] : []),
			whatCameInstead(surroundings),
		],
		[{redirects: 'none'}, ...broken.map(actualLine)],
		[{redirects: 'at least one'}, ...broken.map(expectedLine)],
	);
}

/** A redirect status without a usable Location is no redirect: nobody can follow it. */
function leadsNowhere({exchanges}: Surroundings): string[] {
	const pointless = exchanges.find(answersNowhere);
	if (pointless === undefined) return [];
	return [
		`Exchange ${pointless.number} was answered with ${pointless.response?.status}, but ${nowhereWords(pointless)}, so there is nothing to follow; assertDeclined() asserts that.`,
	];
}

/** The requests after the first redirect that was not followed; all, when there was none. */
function whatCameInstead({exchanges, hops}: Surroundings, first?: Hop): string {
	const followUps = new Set(hops.map(({followUp}) => followUp?.number));
	const after = first?.redirect.number ?? 0;
	const others = exchanges.filter(({number}) => number > after && !followUps.has(number));
	const since = first === undefined ? 'to the double' : `after exchange ${after}`;
	if (others.length === 0) return `No ${first ? 'other ' : ''}request came ${since}.`;
	const lines = others.slice(0, 5).map(exchangeLine);
	const more = others.length > 5 ? [`  … and ${others.length - 5} more`] : [];
	return [`What came ${since} instead:`, ...lines, ...more].join('\n');
}

function exchangeLine(exchange: Exchange): string {
	const {number, request} = exchange;
	const why = whyUnserved(exchange);
	const reason = why === undefined ? '' : `: ${why}`;
	return `  exchange ${number}: ${formatRequestLine(request)} → ${formatResponseLine(exchange)}${reason}`;
}

function stateLine({number, state}: Hop): AssertedLine {
	return {hop: number, state};
}

function followedLine({number}: Hop): AssertedLine {
	return {hop: number, state: 'followed'};
}

function actualLine(finding: Finding): AssertedLine {
	return ruleLine(finding, finding.actual);
}

function expectedLine(finding: Finding): AssertedLine {
	return ruleLine(finding, finding.expected);
}

function ruleLine({hop, rule, exchanges: [exchange = 0]}: Finding, value = ''): AssertedLine {
	return hop === undefined ? {exchange, rule, value} : {hop, rule, value};
}
