import type {ValueMatcher} from '../../scenario/types.ts';
import {isObject} from '../unknown-json.ts';

/** A condition that was converted, or why it could not be; `looser` says what it takes beside. */
export type Converted<Value> =
	| {readonly value: Value; readonly looser?: string}
	| {readonly lost: string};

/**
 * A matcher of a header field or query parameter (WireMock, "Request Matching"): `equalTo`, `contains`,
 * `matches` (which holds for the whole value) and `absent`.
 */
export function valueMatcher(pattern: unknown): Converted<ValueMatcher> {
	if (!isObject(pattern)) return {lost: 'expected an object such as {"equalTo": …}'};
	const {equalTo, contains, matches, absent, caseInsensitive} = pattern;
	if (absent !== undefined) return {value: absent !== true};
	if (typeof contains === 'string') return {value: {pattern: escaped(contains)}};
	if (typeof matches === 'string') return wholePattern(matches);
	if (typeof equalTo === 'string' || typeof equalTo === 'number')
		return {
			value: caseInsensitive === true ? {pattern: inAnyCase(String(equalTo))} : String(equalTo),
		};
	return {lost: `the matcher "${Object.keys(pattern).join(', ')}" has no equivalent`};
}

/** A regular expression of Java that the whole value must match, where JavaScript reads it as well. */
export function wholePattern(java: string): Converted<{pattern: string}> {
	const pattern = `^(?:${java})$`;
	try {
		new RegExp(pattern, 'u');
		return {value: {pattern}};
	} catch {
		return {lost: `the regular expression ${JSON.stringify(java)} is none of JavaScript's`};
	}
}

/** A pattern of exactly this text. */
export function escaped(text: string): string {
	return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

function inAnyCase(text: string): string {
	const letters = [...text].map(letter => {
		const [lower, upper] = [letter.toLowerCase(), letter.toUpperCase()];
		return lower === upper || lower.length + upper.length > 2
			? escaped(letter)
			: `[${lower}${upper}]`;
	});
	return `^${letters.join('')}$`;
}
