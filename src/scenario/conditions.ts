import {headerValues} from '../http/header-lines.ts';
import {printable} from '../http/printable.ts';
import {maskedText, maskedUrl, maskedValue} from '../http/secrets.ts';
import type {Condition, RequestFacts} from './compiled.ts';
import {missInJson} from './json-containment.ts';
import type {RequestMatcher, TextMatcher, ValueMatcher} from './types.ts';

/** The conditions of a request's object form: header fields, query parameters, and the body. */
export function conditionsOf(matcher: RequestMatcher): Condition[] {
	return [
		...Object.entries(matcher.headers ?? {}).map(([name, value]) => headerCondition(name, value)),
		...Object.entries(matcher.query ?? {}).map(([name, value]) => queryCondition(name, value)),
		...(matcher.json === undefined ? [] : [jsonCondition(matcher.json)]),
		...(matcher.text === undefined ? [] : [textCondition(matcher.text)]),
	];
}

/** A header field is met by one of its lines, or by all of them joined with `, ` (RFC 9110, 5.3). */
function headerCondition(name: string, matcher: ValueMatcher): Condition {
	const miss = missOf(matcher, value => maskedValue(name, value));
	return {
		subject: `header "${name}"`,
		miss(request) {
			const lines = headerValues(request.headers, name).map(asText);
			const values = lines.length > 1 ? [...lines, lines.join(', ')] : lines;
			return miss(values);
		},
	};
}

/** A field value as text: Node makes one character for each byte, and authors write UTF-8. */
function asText(value: string): string {
	const text = Buffer.from(value, 'latin1').toString('utf8');
	return text.includes('\ufffd') ? value : text;
}

/** A query parameter is met by one of its values, decoded as a form's (URL Standard, 5.1). */
export function queryCondition(name: string, matcher: ValueMatcher): Condition {
	const miss = missOf(matcher, value => maskedUrl(`?${name}=${value}`).slice(name.length + 2));
	return {
		subject: `query parameter "${name}"`,
		readsUrl: true,
		miss: request => miss(request.query.getAll(name)),
	};
}

type Show = (value: string) => string;

/** What is missed in the values of a field or parameter: a function made once and asked often. */
function missOf(
	matcher: ValueMatcher,
	show: Show,
): (values: readonly string[]) => string | undefined {
	if (matcher === true)
		return values => (values.length > 0 ? undefined : 'expected one, came none');
	if (matcher === false) {
		return ([came]) =>
			came === undefined ? undefined : `expected none, came ${quote(show(came))}`;
	}
	const test = valueTest(matcher);
	return values =>
		values.some(test.meets) ? undefined : missedValue(test.describe(show), values.at(-1), show);
}

function missedValue(expected: string, came: string | undefined, show: Show): string {
	if (came === undefined) return `expected ${expected}, came none`;
	const actual = quote(show(came));
	return `expected ${expected}, came ${actual === expected ? 'another value' : actual}`;
}

interface ValueTest {
	meets(value: string): boolean;
	describe(show: Show): string;
}

function valueTest(matcher: Exclude<ValueMatcher, boolean>): ValueTest {
	if (typeof matcher !== 'object') {
		const wanted = String(matcher);
		return {meets: value => value === wanted, describe: show => quote(show(wanted))};
	}
	const pattern = new RegExp(matcher.pattern, 'u');
	return {
		meets: value => pattern.test(value),
		describe: () => `a value that matches /${matcher.pattern}/`,
	};
}

function jsonCondition(expected: unknown): Condition {
	return {
		subject: 'JSON body',
		readsBody: true,
		miss(request) {
			if (request.sizeNotKept !== undefined) return notKept(request.sizeNotKept);
			const parsed = parseJson(request);
			return parsed === undefined
				? `expected JSON, came ${excerpt(textOf(request))}`
				: missInJson(expected, parsed.value);
		},
	};
}

function parseJson(request: RequestFacts): {value: unknown} | undefined {
	try {
		return {value: JSON.parse(textOf(request))};
	} catch {
		return undefined;
	}
}

function textCondition(matcher: TextMatcher): Condition {
	const test = valueTest(matcher);
	return {
		subject: 'body',
		readsBody: true,
		miss(request) {
			if (request.sizeNotKept !== undefined) return notKept(request.sizeNotKept);
			const text = textOf(request);
			if (test.meets(text)) return undefined;
			return `expected ${test.describe(maskedText)}, came ${excerpt(text)}`;
		},
	};
}

function textOf(request: RequestFacts): string {
	return Buffer.from(request.body).toString('utf8');
}

function notKept(size: number): string {
	return `not all of its ${size} bytes were kept (see the option maxBodySize, or the disk is full), so nothing is known of it`;
}

function excerpt(text: string): string {
	return text === '' ? 'no body' : quote(maskedText(text));
}

function quote(text: string): string {
	return `"${printable(text)}"`;
}
