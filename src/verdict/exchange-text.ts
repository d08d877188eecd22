import {printable} from '../http/printable.ts';
import type {
	AfterAnswer,
	Exchange,
	InterimResponse,
	RecordedRequest,
	SentFault,
} from '../journal/exchange.ts';
import {promisedLength} from './message-facts.ts';
import {bytesInWords, bytesOfTotal, shownMethod, shownUrl, shownValue} from './wire-text.ts';

/** A request in one line: method and documented URL, escaped, with secrets masked. */
export function formatRequestLine({method, url, malformed}: RecordedRequest): string {
	if (malformed !== undefined && method === '') return `bytes that are no HTTP (${malformed.code})`;
	return `${shownMethod(method)} ${shownUrl(url)}`;
}

/** The protocol of a request where it is not HTTP/1.1, such as `HTTP/2`; undefined where it is, or nothing is known. */
export function formatProtocol({httpVersion}: RecordedRequest): string | undefined {
	if (httpVersion === '' || httpVersion === '1.1') return undefined;
	return `HTTP/${printable(httpVersion.replace(/^2\.0$/, '2'))}`;
}

/** A response in one line: status, reason, Location and what the scenario broke of it; or that there was none. */
export function formatResponseLine({response}: Exchange): string {
	if (response === undefined) return 'no response';
	const {status, reason, location, fault} = response;
	const line = `${status} ${printable(reason)}`.trimEnd();
	if (fault === 'reset-before-head') return `no response: a reset in place of ${line}, as scripted`;
	if (fault === 'garbage') return `garbage in place of ${line}, as scripted`;
	const told =
		location === undefined ? line : `${line}, Location: ${shownUrl(location.documented)}`;
	return fault === undefined ? told : `${told}; ${faultWords[fault]}, as scripted`;
}

const faultWords: Readonly<Record<Exclude<SentFault, 'reset-before-head' | 'garbage'>, string>> = {
	'reset-in-head': 'a reset in the middle of the head',
	'reset-after-head': 'a reset after the head',
	truncated: 'the content was cut short',
};

/** The responses before the final one, a line each: status, reason and fields, masked and escaped. */
export function formatInterim({interim = []}: Exchange): string[] {
	return interim.map(formatInterimLine);
}

const interimReasons: Readonly<Record<number, string>> = {
	100: ' Continue',
	102: ' Processing',
	103: ' Early Hints',
};

function formatInterimLine({status, headers}: InterimResponse): string {
	const fields = headers.map(([name, value]) => `, ${printable(name)}: ${shownValue(name, value)}`);
	return `${status}${interimReasons[status] ?? ''}${fields.join('')}`;
}

/**
 * What the client did that was answered before the body of its request had ended, such as `answered
 * after 65,536 of the 16,777,216 bytes of the body; then 4,096 more came, and the client closed the
 * connection`. Undefined where it was not.
 */
export function formatEarlyAnswer(request: RecordedRequest): string | undefined {
	const {afterAnswer, body} = request;
	if (afterAnswer === undefined) return undefined;
	const {before, after} = afterAnswer;
	const total = promisedLength(request) ?? (body.complete ? body.size : undefined);
	const start =
		before === 0
			? 'answered before the body'
			: `answered after ${bytesOfTotal(before, total)} of the body`;
	const ending = endingWords(request, afterAnswer);
	if (after === 0) return `${start}; then ${ending}`;
	const more = `${bytesInWords(after)}${before === 0 ? '' : ' more'} came`;
	return `${start}; then ${more}, and ${ending}`;
}

function endingWords({http2}: RecordedRequest, {ending}: AfterAnswer): string {
	if (ending === undefined) return 'the rest is still to come';
	if (ending === 'finished') return 'the body ended';
	if (ending === 'hung') return 'the client neither went on nor left';
	if (ending === 'cut') return 'the double ended the connection';
	if (ending === 'reset') return 'the client broke the connection off';
	if (http2 === undefined) return 'the client closed the connection';
	const code = http2.reset === undefined ? '' : ` (RST_STREAM, code ${http2.reset})`;
	return `the client gave up the stream${code}`;
}
