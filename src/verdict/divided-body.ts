import {boundaryOf} from '../http/multipart.ts';
import type {RecordedRequest} from '../journal/exchange.ts';
import type {RecordedBody} from '../journal/recorded-body.ts';
import type {Fields} from './fields.ts';

/** So many bytes hold the first delimiter of nearly every body. */
const usual = 65_536;

/** So many bytes of a body are looked through at most. */
const searchLimit = 8 * 1024 * 1024;

/** The boundary that the Content-Type among these fields names. */
export function boundaryIn(fields: Fields): string | undefined {
	return boundaryOf(fields.get('content-type')?.value);
}

/**
 * Whether a line of a body is the delimiter with this boundary. It need not be the first one: there may
 * be a preamble (RFC 2046, 5.1.1). `unread` when it was not found, and not all bytes could be looked at.
 */
export function isDividedBy(body: RecordedBody, boundary: string): boolean | 'unread' {
	for (const limit of [usual, searchLimit]) {
		const text = textOf(body, limit);
		if (hasDelimiter(text, boundary)) return true;
		if (text.length >= body.size) return false;
	}
	return 'unread';
}

/** The boundary of a delimiter that a body begins with; undefined when it begins with something else. */
export function firstBoundary(body: RecordedBody): string | undefined {
	return /^--([^\r\n]{1,70}?)(?:--)?[ \t]*(?:\r?\n|$)/.exec(textOf(body, 100))?.[1];
}

/**
 * Whether two bodies are the same but for their boundary: one form, written twice. False where not all
 * of both is at hand.
 */
export function differInBoundaryAlone(
	[original, was]: readonly [RecordedBody, string],
	[repeated, is]: readonly [RecordedBody, string],
): boolean {
	if (was === is || !original.complete || !repeated.complete) return false;
	const [before, after] = [textOf(original, searchLimit), textOf(repeated, searchLimit)];
	if (before.length < original.size || after.length < repeated.size) return false;
	return before.replaceAll(`--${was}`, `--${is}`) === after;
}

/** The boundary that divides the body of a request, whether its Content-Type names that one or not. */
export function dividingBoundary({body}: RecordedRequest, fields: Fields): string | undefined {
	const named = boundaryIn(fields);
	return named !== undefined && isDividedBy(body, named) === true ? named : firstBoundary(body);
}

function hasDelimiter(text: string, boundary: string): boolean {
	const delimiter = `--${boundary}`;
	for (let at = text.indexOf(delimiter); at !== -1; at = text.indexOf(delimiter, at + 1)) {
		if (at > 0 && text[at - 1] !== '\n') continue;
		restOfLine.lastIndex = at + delimiter.length;
		if (restOfLine.test(text)) return true;
	}
	return false;
}

/** What may stand behind the boundary; of the last delimiter two hyphens do. */
const restOfLine = /(?:--)?[ \t]*(?:\r?\n|$)/y;

/** The first bytes of a body, one character each. */
function textOf(body: RecordedBody, limit: number): string {
	return Buffer.from(body.preview(Math.min(body.size, limit))).toString('latin1');
}
