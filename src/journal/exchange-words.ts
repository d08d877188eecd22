import {printable} from '../http/printable.ts';
import {maskedUrl} from '../http/secrets.ts';
import type {Exchange, RecordedRequest, RecordedResponse, SentFault} from './exchange.ts';

/** Whether the bytes were no HTTP from the first on, so that there is no request line. */
export function isNoHttp({method, malformed}: RecordedRequest): boolean {
	return malformed !== undefined && method === '';
}

/** What stands in the place of a request line where the bytes were no HTTP, with the parser's code. */
export function noHttpWords({malformed}: RecordedRequest): string {
	return `bytes that are no HTTP (${malformed?.code ?? 'unknown'})`;
}

/**
 * Why an exchange is no HTTP, or why no route took it, in a line that is safe to print; undefined
 * where it is HTTP and something took it.
 */
export function whyUnserved({request: {malformed}, miss}: Exchange): string | undefined {
	if (malformed !== undefined && malformed.message !== '')
		return printable(maskedUrl(malformed.message));
	if (miss === undefined) return undefined;
	const [reason] = miss.reasons;
	if (miss.nearest === undefined) return reason ?? 'no route matches';
	const why = reason === undefined ? '' : `: ${reason}`;
	return `no route matches; the nearest is ${miss.nearest}${why}`;
}

const brokenOff: Readonly<Record<Exclude<SentFault, 'reset-before-head' | 'garbage'>, string>> = {
	'reset-in-head': 'a reset in the middle of the head',
	'reset-after-head': 'a reset after the head',
	truncated: 'the content was cut short',
};

/**
 * What went out of a response: all of it, what a fault of the scenario left of it, or what came in
 * its place.
 *
 * @param head the status, and what else names the response
 * @param told what is told of a head that went out
 */
export function sentWords({status, fault}: RecordedResponse, head: string, told = head): string {
	if (fault === undefined) return told;
	// A status of 200 is the one that stands for none, and such a fault has none of its own.
	const named = status === 200 ? 'a response' : head;
	if (fault === 'reset-before-head')
		return `no response: a reset in place of ${named}, as scripted`;
	if (fault === 'garbage') return `garbage in place of ${named}, as scripted`;
	return `${told}; ${brokenOff[fault]}, as scripted`;
}
