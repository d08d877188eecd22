import {AssertionError} from 'node:assert';
import {createHash} from 'node:crypto';
import {type HeaderLines, headerValue, headerValues} from '../http/header-lines.ts';
import {type Hop, isFollowed} from '../journal/hop.ts';
import {assertKnownNames} from '../scenario/known-names.ts';
import {compareBodies, lacksOnlyTheOriginal} from './compare-bodies.ts';
import {formatBody} from './exchange-text.ts';
import {layRows} from './layout.ts';
import {messagesOf} from './messages.ts';
import {methodChanged} from './method-change.ts';
import {formatHop} from './report.ts';
import {broken, type FollowedHop, kept, type Outcome} from './rule.ts';
import {compareContentHeaders} from './rules/content-headers-preserved.ts';
import {compareHeaders} from './rules/headers-kept.ts';
import {shownBytes, shownMethod, shownValue} from './wire-text.ts';

/** What of a hop is to be preserved; a part that is absent is not looked at. */
export interface Preserved {
	/** true: the method of the redirected request; a string: this method; false: any. */
	readonly method?: boolean | string;
	/** true: the body of the redirected request, to the byte; text (as UTF-8) or bytes: this body; false: any. */
	readonly body?: boolean | string | Uint8Array;
	/** true: all end-to-end headers that a redirect does not change; a list: these, whatever they are; false: any. */
	readonly headers?: boolean | readonly string[];
}

const all: Preserved = {method: true, body: true, headers: true};

/** What was compared, in words: `preserved`, or what could be seen of a part; absent when it was not looked at. */
export type Compared = {readonly [Part in keyof Preserved]?: string};

/**
 * Asserts that the follow-up of a hop has the method, the body and the headers of the redirected
 * request; with `what`, only the parts that it names, or those values that it gives. What can't be
 * seen, such as a body that never came whole, fails. With no `what` one thing may stay unseen: the
 * rest of a body whose request was answered before its end, where nothing that did come speaks
 * against the follow-up's; the result says so.
 *
 * @returns what was compared, by part
 * @throws {AssertionError} whose `actual` and `expected` hold a text for each part that differs
 */
export function assertPreserved(hop: Hop, what: Preserved = {}): Compared {
	assertKnownNames('assertPreserved', what, Object.keys(all));
	// Naming nothing means everything: an assertion that looks at nothing would pass for any client.
	const namesNothing = Object.values(what).every(part => part === undefined);
	const preserved = namesNothing ? all : what;
	if (!isFollowed(hop)) throw notFollowed(hop);
	const parts = Object.entries({
		method: checkMethod(hop, preserved.method ?? false),
		body: checkBody(hop, preserved.body ?? false),
		headers: checkHeaders(hop, preserved.headers ?? false),
	});
	const failed = parts.filter(
		([, outcome]) =>
			outcome.outcome !== 'kept' && !(namesNothing && lacksOnlyTheOriginal(hop, outcome)),
	);
	if (failed.length === 0) return comparedOf(parts, preserved);
	throw new AssertionError({
		message: [
			`Hop ${hop.number} did not preserve the ${failed.map(([part]) => part).join(' and the ')}.`,
			...failed.map(([part, outcome]) => explain(part, outcome)),
			formatHop(hop),
		].join('\n\n'),
		actual: Object.fromEntries(failed.map(([part, outcome]) => [part, sides(outcome).actual])),
		expected: Object.fromEntries(failed.map(([part, outcome]) => [part, sides(outcome).expected])),
		operator: 'assertPreserved',
		stackStartFn: assertPreserved,
	});
}

function comparedOf(parts: readonly [string, Outcome][], preserved: Preserved): Compared {
	const looked = new Set(
		Object.entries(preserved).flatMap(([part, want]) =>
			want === false || want === undefined ? [] : [part],
		),
	);
	return Object.freeze(
		Object.fromEntries(
			parts
				.filter(([part]) => looked.has(part))
				.map(([part, outcome]) => [part, sides(outcome).actual]),
		),
	);
}

function notFollowed(hop: Hop): AssertionError {
	return new AssertionError({
		message: `Hop ${hop.number} preserved nothing, because it has no follow-up.\n\n${formatHop(hop)}`,
		actual: {state: hop.state},
		expected: {state: 'followed'},
		operator: 'assertPreserved',
		stackStartFn: assertPreserved,
	});
}

function checkMethod(hop: FollowedHop, wanted: boolean | string): Outcome {
	if (wanted === false) return kept;
	const {method} = hop.followUp.request;
	const expected = wanted === true ? hop.redirect.request.method : wanted;
	if (method === expected) return kept;
	return wanted === true
		? methodChanged(messagesOf(hop))
		: broken(shownMethod(expected), shownMethod(method));
}

function checkBody(hop: FollowedHop, wanted: boolean | string | Uint8Array): Outcome {
	if (wanted === false) return kept;
	if (wanted === true) return compareBodies(hop);
	const {request} = hop.followUp;
	const {body} = request;
	const bytes = typeof wanted === 'string' ? Buffer.from(wanted, 'utf8') : wanted;
	const sha256 = createHash('sha256').update(bytes).digest('hex');
	if (body.complete && body.sha256 === sha256) return kept;
	const cut = body.complete ? '' : ', cut off';
	return broken(shownBytes(bytes), formatBody(request) + cut);
}

function checkHeaders(hop: FollowedHop, wanted: boolean | readonly string[]): Outcome {
	if (wanted === false) return kept;
	if (wanted !== true) return checkNamedHeaders(hop, wanted);
	const messages = messagesOf(hop);
	const [first, second] = [compareContentHeaders(messages), compareHeaders(messages)];
	if (first.outcome !== 'broken') return second;
	if (second.outcome !== 'broken') return first;
	return broken(
		`${first.expected}\n${second.expected}`,
		`${first.actual}\n${second.actual}`,
		first.cause ?? second.cause,
	);
}

function checkNamedHeaders({redirect, followUp}: FollowedHop, names: readonly string[]): Outcome {
	const before = redirect.request.headers;
	const after = followUp.request.headers;
	const absent = names.filter(name => fieldValue(before, name) === undefined);
	if (absent.length > 0)
		return broken(
			`a redirected request with ${absent.join(', ')}`,
			`one without, so there was nothing to preserve`,
			'a misspelt name, or a header that the client never sent',
		);
	const changed = names.filter(name => fieldValue(before, name) !== fieldValue(after, name));
	if (changed.length === 0) return kept;
	const lines = (headers: typeof before) =>
		changed.map(name => fieldLine(name, fieldValue(headers, name))).join('\n');
	const [expected, actual] = [lines(before), lines(after)];
	return broken(expected, expected === actual ? `${actual} (another value)` : actual);
}

/** HTTP/2 may send each cookie on a line of its own (RFC 9113, 8.2.3). */
function fieldValue(lines: HeaderLines, name: string): string | undefined {
	if (name.toLowerCase() !== 'cookie') return headerValue(lines, name);
	const values = headerValues(lines, name);
	return values.length === 0 ? undefined : values.join('; ');
}

function fieldLine(name: string, value: string | undefined): string {
	return value === undefined ? `no ${name}` : `${name}: ${shownValue(name, value)}`;
}

function explain(part: string, outcome: Outcome): string {
	const {expected, actual} = sides(outcome);
	const cause = outcome.outcome === 'broken' ? outcome.cause : undefined;
	const isUnseenBody = part === 'body' && outcome.outcome === 'not observed';
	const rows = [
		{label: 'expected', text: expected},
		{label: 'actual', text: actual},
		...(cause === undefined ? [] : [{label: 'likely cause', text: cause}]),
		...(isUnseenBody ? [{label: 'to be sure', text: giveTheBody}] : []),
	];
	return [part, ...layRows(rows, 2)].join('\n');
}

const giveTheBody =
	"give the body that the client was to send, as in assertPreserved({body: '…'}): it is held against the follow-up alone";

function sides(outcome: Outcome): {expected: string; actual: string} {
	if (outcome.outcome === 'broken') return outcome;
	const actual = outcome.outcome === 'kept' ? 'preserved' : `not observed: ${outcome.reason}`;
	return {expected: 'preserved', actual};
}
