import {withoutToken} from '../http/hop-token.ts';
import {requestTarget} from '../http/location.ts';
import type {MalformedMessage} from '../journal/exchange.ts';
import type {Hop} from '../journal/hop.ts';
import {shownUrl} from './wire-text.ts';

/** A request that stands where the body of another one goes on. */
export interface FoundRequest {
	/** Its request line, masked and escaped. */
	readonly line: string;
	/** How many bytes of the body stand before it; absent when it broke the framing of a chunked body. */
	readonly offset: number | undefined;
}

/** So many bytes of a body are looked through at most. */
const searchLimit = 8 * 1024 * 1024;

/** So far back from the end of a body a request is looked for whose head goes on behind it. */
const headLimit = 16_384;

/**
 * The head of a request to where a redirect leads, in what came of the redirected request after it
 * was answered; undefined when there is none, `unread` when the bytes are too many or gone.
 *
 * @param behind what came behind the body on the connection, when that is no HTTP: a short body may
 *   end in the middle of such a head
 */
export function requestInside(
	hop: Hop,
	behind?: MalformedMessage,
): FoundRequest | 'unread' | undefined {
	const {body, afterAnswer, malformed} = hop.redirect.request;
	const broken = malformed && findRequest(Buffer.from(malformed.bytes), hop);
	if (broken !== undefined) return {line: broken.line, offset: undefined};
	if (afterAnswer === undefined || afterAnswer.after === 0) return undefined;
	const bytes = Buffer.from(body.preview(Math.min(body.size, searchLimit)));
	const from = bytes.subarray(afterAnswer.before);
	const found = findRequest(from, hop) ?? (behind && findAcross(from, behind, hop));
	if (found !== undefined) return {...found, offset: afterAnswer.before + found.offset};
	return bytes.length < body.size ? 'unread' : undefined;
}

/** A request that begins in the last bytes of a body and goes on behind it. */
function findAcross(
	body: Buffer,
	{bytes}: MalformedMessage,
	hop: Hop,
): {line: string; offset: number} | undefined {
	const end = body.subarray(-headLimit);
	const behind = Buffer.from(bytes);
	// The parser tells of all bytes that it was given at once, the last ones of the body among them.
	for (const again of [0, overlap(end, behind)]) {
		const found = findRequest(Buffer.concat([end, behind.subarray(again)]), hop);
		if (found !== undefined && found.offset < end.length)
			return {...found, offset: body.length - end.length + found.offset};
	}
	return undefined;
}

/** How many bytes at the end of one are those at the start of the other. */
function overlap(one: Buffer, other: Buffer): number {
	for (let length = Math.min(one.length, other.length); length > 0; length--)
		if (one.subarray(-length).equals(other.subarray(0, length))) return length;
	return 0;
}

const lineEnd = / HTTP\/1\.[01]\r\n(?=[!#$%&'*+.^_`|~0-9A-Za-z-]+:)/g;

/** A request line to the target, with a field line under it. */
function findRequest(bytes: Buffer, hop: Hop): {line: string; offset: number} | undefined {
	const text = bytes.toString('latin1');
	for (const {index, 0: end} of text.matchAll(lineEnd)) {
		const target = /[\x21-\x7e]*$/.exec(text.slice(Math.max(0, index - 16_384), index))?.[0] ?? '';
		const start = index - target.length - 1;
		const method = methodsAt(hop).find(each => text.endsWith(each, start));
		if (text[start] !== ' ' || method === undefined || !leadsTo(target, hop)) continue;
		return {line: `${method} ${shownUrl(target)}${end.trimEnd()}`, offset: start - method.length};
	}
	return undefined;
}

/** The methods of a follow-up: the bytes of the body stand before it without a gap. */
function methodsAt({redirect}: Hop): readonly string[] {
	return [redirect.request.method, 'GET', 'HEAD'];
}

/** Whether a request-target, in origin or absolute form, is that of the Location. */
function leadsTo(target: string, {redirect}: Hop): boolean {
	const wanted = redirect.response?.location?.resolved?.targets ?? [];
	const path = target.startsWith('/') ? target : requestTarget(target);
	return wanted.includes(withoutToken(path).target);
}
