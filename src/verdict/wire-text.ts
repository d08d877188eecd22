import {createHash} from 'node:crypto';
import {printable} from '../http/printable.ts';
import {maskedText, maskedUrl, maskedValue} from '../http/secrets.ts';
import type {RecordedBody} from '../journal/recorded-body.ts';

const excerptLimit = 60;
/** Of bytes that are no text, nobody reads more. */
const binaryLimit = 16;

/** A URL or request-target that is safe to print: secrets masked, bytes escaped. */
export function shownUrl(url: string): string {
	return printable(maskedUrl(url), 300);
}

/** A field value that is safe to print: secrets masked, bytes escaped. */
export function shownValue(name: string, value: string): string {
	return printable(maskedValue(name, value));
}

/** A method token that is safe to print; says so when there was none. */
export function shownMethod(method: string): string {
	return method === '' ? 'no method' : printable(method, 40);
}

/**
 * A body in one line: size, the start of its SHA-256, and its first bytes, masked and escaped.
 *
 * @param note what else is to be said before the bytes
 */
export function shownBody(body: RecordedBody, note?: string): string {
	return bodyLine(body, () => excerptOf(body.preview(excerptLimit), body.size), note);
}

/** As `shownBody`, for bytes in memory. */
export function shownBytes(bytes: Uint8Array): string {
	const size = bytes.length;
	const sha256 = createHash('sha256').update(bytes).digest('hex');
	return bodyLine({size, sha256}, () => excerptOf(bytes.subarray(0, excerptLimit), size));
}

function bodyLine(
	{size, sha256}: Pick<RecordedBody, 'size' | 'sha256'>,
	excerpt: () => string,
	note?: string,
): string {
	if (size === 0) return 'no body (0 bytes)';
	const facts = [bytesInWords(size), `SHA-256 ${sha256.slice(0, 8)}…`];
	return `${[...facts, ...(note === undefined ? [] : [note])].join(', ')}: ${excerpt()}`;
}

/** `1 byte`, `14 bytes`, `3,145,728 bytes`. */
export function bytesInWords(count: number): string {
	return `${count.toLocaleString('en-US')} ${count === 1 ? 'byte' : 'bytes'}`;
}

/** `65,536 of the 16,777,216 bytes`; without a total, `65,536 bytes`. */
export function bytesOfTotal(count: number, total: number | undefined): string {
	if (total === undefined || total === count) return bytesInWords(count);
	return `${count.toLocaleString('en-US')} of the ${bytesInWords(total)}`;
}

/** The first bytes of a body, masked and escaped, with `…` where it was cut. */
function excerptOf(start: Uint8Array, size: number): string {
	const first = isText(start) ? start : start.subarray(0, binaryLimit);
	// One character for each byte, so that masking neither needs nor breaks an encoding.
	const text = Buffer.from(first).toString('latin1');
	// The parts of a form may hold secrets under names that stand lines before them.
	const shown = text.startsWith('--') ? (text.split('\r\n', 1)[0] ?? '') : text;
	const masked = Buffer.from(maskedText(shown), 'latin1');
	return printable(masked, Number.POSITIVE_INFINITY) + (shown.length < size ? '…' : '');
}

/** Whether at least half of the bytes are printable ASCII or white space. */
function isText(bytes: Uint8Array): boolean {
	const plain = bytes.filter(
		byte => (byte >= 0x20 && byte < 0x7f) || byte === 9 || byte === 10 || byte === 13,
	);
	return plain.length * 2 >= bytes.length;
}
