import {isUtf8} from 'node:buffer';
import {FollowthroughError} from '../errors.ts';
import {headerValue} from '../http/header-lines.ts';
import {maskedText} from '../http/secrets.ts';
import type {RecordedRequest} from '../journal/exchange.ts';
import {bytesInWords} from '../verdict/wire-text.ts';
import type {Secrets} from './secrets.ts';

/** The body of a request as an export has it. */
export type BodyContent =
	| {readonly kind: 'none'}
	| {readonly kind: 'text'; readonly text: string}
	| {readonly kind: 'bytes'; readonly bytes: Uint8Array}
	/** It is too large, gone, or can't be masked. */
	| {readonly kind: 'left out'; readonly why: string; readonly elsewhere?: Elsewhere};

/** Where a body can be had that is left out; absent for nowhere. */
export type Elsewhere = 'at the double' | 'at the double, or shown';

/** How much of bodies an export holds, which who reads it has in memory as a whole. */
export class BodyRoom {
	readonly #largest: number;
	#left: number;

	/** @param largest in bytes; a larger body is left out */
	constructor(largest: number, all = 64 * 1024 ** 2) {
		this.#largest = largest;
		this.#left = all;
	}

	/** Takes a body in; says why not where it is left out. */
	take(size: number): string | undefined {
		if (size > this.#largest) return `it is larger than ${bytesInWords(this.#largest)}`;
		if (size > this.#left) return 'all bodies together are too large';
		this.#left -= size;
		return undefined;
	}
}

/**
 * What an export has of the body of a request: text where its bytes are UTF-8, else the bytes. Secrets
 * are found by the names before them, so of what is no plain text nothing is given unless they may be shown.
 */
export async function bodyContent(
	request: RecordedRequest,
	secrets: Secrets,
	room: BodyRoom,
): Promise<BodyContent> {
	const {body} = request;
	if (body.size === 0) return {kind: 'none'};
	if (body.notKept !== undefined) return leftOut(`only ${bytesInWords(body.kept)} of it were kept`);
	const tooMuch = room.take(body.size);
	if (tooMuch !== undefined) return leftOut(tooMuch, 'at the double');
	const bytes = await bytesOf(request);
	if (!(bytes instanceof Uint8Array)) return bytes;
	const isText = isUtf8(bytes) && !bytes.includes(0);
	if (secrets === 'shown')
		return isText
			? {kind: 'text', text: Buffer.from(bytes).toString('utf8')}
			: {kind: 'bytes', bytes};
	if (!isText || !isPlain(request))
		return leftOut('what is secret in it can not be told', 'at the double, or shown');
	return {kind: 'text', text: maskedText(Buffer.from(bytes).toString('utf8'))};
}

async function bytesOf({body}: RecordedRequest): Promise<Uint8Array | BodyContent> {
	try {
		return await body.bytes();
	} catch (error) {
		if (!(error instanceof FollowthroughError)) throw error;
		return leftOut(
			error.code === 'BODY_GONE'
				? 'it is gone, as large ones are when a double is closed'
				: 'it can not be read',
		);
	}
}

/** Whether its names stand directly before their values: in multipart they are lines before them. */
function isPlain({headers}: RecordedRequest): boolean {
	const type = headerValue(headers, 'content-type') ?? '';
	return !/^\s*multipart\//i.test(type) && headerValue(headers, 'content-encoding') === undefined;
}

function leftOut(why: string, elsewhere?: Elsewhere): BodyContent {
	return {kind: 'left out', why, ...(elsewhere && {elsewhere})};
}
