import {isDeepStrictEqual} from 'node:util';
import {headerValue} from '../http/header-lines.ts';
import type {RecordedRequest} from '../journal/exchange.ts';
import {differenceOf} from './first-difference.ts';
import {promisedLength} from './message-facts.ts';
import {bytesInWords} from './wire-text.ts';

/** Bodies up to this size are looked at in full for the cause; of larger ones only the beginning. */
const readLimit = 65_536;

interface Pair {
	readonly original: RecordedRequest;
	readonly repeated: RecordedRequest;
	/** The bytes of both, one character each. */
	readonly before: string;
	readonly after: string;
	/** Whether `before` and `after` are the bodies in full. */
	readonly whole: boolean;
}

/** Why a repeated body differs from the original, in words; undefined when nothing known fits. */
export function bodyDifferenceCause(
	original: RecordedRequest,
	repeated: RecordedRequest,
): string | undefined {
	const pair = readPair(original, repeated);
	for (const guess of guesses) {
		const cause = guess(pair);
		if (cause !== undefined) return cause;
	}
	return undefined;
}

/** From the plainest to the most special; the first that fits is told. */
const guesses: readonly ((pair: Pair) => string | undefined)[] = [
	emptied,
	stringified,
	newBoundary,
	doubled,
	wentOn,
	cut,
	startedLate,
	extended,
	decoded,
	encodedAgain,
	newLineEndings,
	jsonWrittenAnew,
	formWrittenAnew,
];

function readPair(original: RecordedRequest, repeated: RecordedRequest): Pair {
	const [before, after] = [original, repeated].map(({body}) =>
		Buffer.from(body.preview(readLimit)).toString('latin1'),
	);
	const whole =
		original.body.complete &&
		before?.length === original.body.size &&
		after?.length === repeated.body.size;
	return {original, repeated, before: before ?? '', after: after ?? '', whole};
}

function emptied({repeated}: Pair): string | undefined {
	if (repeated.body.size > 0) return undefined;
	return 'the body was not sent again: a stream that was not rewound, or a body dropped on the redirect';
}

function stringified({after}: Pair): string | undefined {
	const object = /^\[object \w+\]$/.exec(after)?.[0];
	return object && `the body was turned into the text "${object}" instead of being serialised`;
}

function newBoundary({original, repeated, before, after}: Pair): string | undefined {
	const was = boundaryLine(before);
	const is = boundaryLine(after);
	if (was === undefined || is === undefined || was === is) return undefined;
	const kept = contentType(original) === contentType(repeated);
	return kept
		? 'the multipart body was written anew with another boundary, but Content-Type still names the old one: a server finds no parts in it'
		: 'the multipart body was written anew with another boundary, in Content-Type as well';
}

function doubled({before, after, whole}: Pair): string | undefined {
	if (!whole || before === '' || after !== before + before) return undefined;
	return 'the body was sent twice in one message';
}

/**
 * A redirected request that broke off, and a follow-up that has, or announces, the rest of what was
 * promised to the byte. One that repeats just what came is none.
 */
export function wentOn({
	original,
	repeated,
}: Pick<Pair, 'original' | 'repeated'>): string | undefined {
	const {size, complete} = original.body;
	const promised = promisedLength(original);
	const rest = repeated.body.complete ? repeated.body.size : promisedLength(repeated);
	if (complete || size === 0 || rest === undefined || size + rest !== promised) return undefined;
	if (differenceOf(original, repeated) === undefined) return undefined;
	const [came, left] = [size, rest].map(count => count.toLocaleString('en-US'));
	return `the stream went on where the first request had left it: ${came} + ${left} = ${bytesInWords(promised)}; it was not rewound`;
}

function cut({original, repeated}: Pair): string | undefined {
	const {size} = repeated.body;
	if (size >= original.body.size) return undefined;
	if (differenceOf(original, repeated) !== size) return undefined;
	return `the body was cut after ${bytesInWords(size)}: only a part of it was still at hand when it was sent again`;
}

function startedLate({before, after, whole}: Pair): string | undefined {
	if (!whole || after.length >= before.length || !before.endsWith(after)) return undefined;
	return `the repetition began at offset ${before.length - after.length} of the original: the stream was not rewound to its start`;
}

function extended({before, after, whole}: Pair): string | undefined {
	if (!whole || before === '' || after.length <= before.length) return undefined;
	const more = bytesInWords(after.length - before.length);
	if (after.startsWith(before)) return `the repetition has ${more} more at its end`;
	if (after.endsWith(before)) return `the repetition has ${more} more at its start`;
	return undefined;
}

function decoded({before, after}: Pair): string | undefined {
	if (!isGzip(before) || isGzip(after)) return undefined;
	return 'the body was gzip-compressed, and its coding was taken off before it was sent again';
}

function encodedAgain({before, after}: Pair): string | undefined {
	if (isGzip(before) || !isGzip(after)) return undefined;
	return 'the body was gzip-compressed before it was sent again';
}

function newLineEndings({before, after, whole}: Pair): string | undefined {
	const same = whole && before.replaceAll('\r\n', '\n') === after.replaceAll('\r\n', '\n');
	return same ? 'the line endings were changed' : undefined;
}

function jsonWrittenAnew({before, after, whole}: Pair): string | undefined {
	if (!whole) return undefined;
	const was = parsedJson(before);
	if (was !== undefined && isDeepStrictEqual(was, parsedJson(after))) {
		return 'the JSON was parsed and written anew: the same value in other bytes';
	}
	const inner = parsedJson(after)?.value;
	if (typeof inner !== 'string' || latin1(inner) !== before) return undefined;
	return 'the body was serialised as JSON twice';
}

function formWrittenAnew({original, before, after, whole}: Pair): string | undefined {
	if (!whole || !contentType(original)?.includes('x-www-form-urlencoded')) return undefined;
	const was = [...new URLSearchParams(before)].sort();
	const is = [...new URLSearchParams(after)].sort();
	if (!isDeepStrictEqual(was, is)) return undefined;
	return 'the form was parsed and written anew: the same fields in other bytes';
}

function boundaryLine(text: string): string | undefined {
	return /^--([^\r\n]{1,70})\r?\n/.exec(text)?.[1];
}

function contentType(request: RecordedRequest): string | undefined {
	return headerValue(request.headers, 'content-type');
}

function isGzip(text: string): boolean {
	return text.startsWith('\x1f\x8b');
}

function parsedJson(text: string): {value: unknown} | undefined {
	try {
		return {value: JSON.parse(Buffer.from(text, 'latin1').toString('utf8'))};
	} catch {
		return undefined;
	}
}

function latin1(text: string): string {
	return Buffer.from(text, 'utf8').toString('latin1');
}
