import {hash} from 'node:crypto';
import {isParsed} from '../http/methods.ts';
import type {Exchange} from '../journal/exchange.ts';
import {formatRequestLine} from '../verdict/exchange-text.ts';
import type {Surroundings} from '../verdict/rule.ts';
import {shownUrl} from '../verdict/wire-text.ts';
import type {DocumentedCall} from './client-adapter.ts';
import type {CallResult} from './grade.ts';
import {lostHeaders} from './lost-headers.ts';

/**
 * Why a client is not asked to make a call, in words: the double would see no request in what it sends,
 * which is no fault of the client. Undefined for a call that it can be asked for.
 */
export function whyNotToAsk({method}: DocumentedCall): string | undefined {
	if (isParsed(method)) return undefined;
	return `the HTTP parser of Node ${process.versions.node} takes no ${method}`;
}

/**
 * Why a call can't be graded, in words: the request that the client was asked to send never came,
 * or without its headers. Undefined when it did, or when the client went to the address that an earlier redirect had named,
 * which is what there is to see.
 *
 * @param came what came while the call was made, in order
 */
export function whyNotAsked(
	call: DocumentedCall,
	result: CallResult,
	came: readonly Exchange[],
	surroundings: Surroundings,
): string | undefined {
	const [first] = came;
	if (first === undefined)
		return `asked for ${wordsOf(call)}, the client sent no request${saidOf(result)}`;
	const asked = came.filter(exchange => isAsked(call, exchange));
	if (asked.length > 0) return whyChanged(call, asked);
	if (isRemembered(call, first, surroundings)) return undefined;
	const sameLine = came.find(({request}) => isOf(call, request));
	if (sameLine === undefined)
		return `asked for ${wordsOf(call)}, the client sent ${formatRequestLine(first.request)}`;
	const {size} = sameLine.request.body;
	return `the client sent ${wordsOf(call)} with another body than it was given: ${size} bytes in the place of ${call.body?.length ?? 0}`;
}

/** One whole request is enough: with credentials some clients wait until they are asked for them. */
function whyChanged(call: DocumentedCall, asked: readonly Exchange[]): string | undefined {
	const lost = asked.map(({request}) =>
		lostHeaders(call.headers, request.headers, call.body !== undefined),
	);
	const [first = []] = lost;
	if (lost.some(({length}) => length === 0)) return undefined;
	return `the client sent ${wordsOf(call)} without headers that it was given: ${first.join('; ')}`;
}

function saidOf(result: CallResult): string {
	return result.ended === 'failed' ? `; it says: ${result.error}` : '';
}

function wordsOf({method, documented}: DocumentedCall): string {
	return `${method} ${shownUrl(documented)}`;
}

function isAsked(call: DocumentedCall, {request}: Exchange): boolean {
	if (!isOf(call, request)) return false;
	const {body, afterAnswer} = request;
	// A body that was answered before its end, or broken off, is what scenarios are about.
	if (afterAnswer !== undefined || !body.complete) return true;
	return body.sha256 === hash('sha256', call.body ?? '', 'hex');
}

function isOf({method, documented}: DocumentedCall, request: Exchange['request']): boolean {
	return request.method === method && sameResource(request.url, documented);
}

/** Whether the client began where an earlier redirect of this address had led it. */
function isRemembered(
	{documented}: DocumentedCall,
	first: Exchange,
	{hops}: Surroundings,
): boolean {
	return hops.some(
		({redirect, followUp}) =>
			sameResource(redirect.request.url, documented) &&
			followUp !== undefined &&
			sameResource(followUp.request.url, first.request.url),
	);
}

/** A fragment is never sent (RFC 9110, 7.1). */
function sameResource(one: string, other: string): boolean {
	return one === other || withoutFragment(one) === withoutFragment(other);
}

function withoutFragment(url: string): string {
	if (!URL.canParse(url)) return url;
	const parsed = new URL(url);
	parsed.hash = '';
	return parsed.href;
}
