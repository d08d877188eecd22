import {withoutToken} from '../http/hop-token.ts';
import {requestTarget} from '../http/location.ts';
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

/**
 * The head of a request to where a redirect leads, in what came of the redirected request after it
 * was answered; undefined when there is none, `unread` when the bytes are too many or gone.
 */
export function requestInside(hop: Hop): FoundRequest | 'unread' | undefined {
	const {body, afterAnswer, malformed} = hop.redirect.request;
	const broken = malformed && findRequest(Buffer.from(malformed.bytes), hop);
	if (broken !== undefined) return {line: broken.line, offset: undefined};
	if (afterAnswer === undefined || afterAnswer.after === 0) return undefined;
	const bytes = Buffer.from(body.preview(Math.min(body.size, searchLimit)));
	const from = bytes.subarray(afterAnswer.before);
	const found = findRequest(from, hop);
	if (found !== undefined) return {...found, offset: afterAnswer.before + found.offset};
	return bytes.length < body.size ? 'unread' : undefined;
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
