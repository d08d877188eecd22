import {printable} from '../http/printable.ts';
import type {AfterAnswer, Exchange, InterimResponse, RecordedRequest} from '../journal/exchange.ts';
import {isNoHttp, noHttpWords, sentWords} from '../journal/exchange-words.ts';
import {carrierName, promisedLength} from './message-facts.ts';
import {
	bytesInWords,
	bytesOfTotal,
	shownBody,
	shownMethod,
	shownUrl,
	shownValue,
} from './wire-text.ts';

/** A request in one line: method and documented URL, escaped, with secrets masked. */
export function formatRequestLine(request: RecordedRequest): string {
	if (isNoHttp(request)) return noHttpWords(request);
	return `${shownMethod(request.method)} ${shownUrl(request.url)}`;
}

/** What came of the body of a request in one line; of one that was announced and never came, how much was. */
export function formatBody(request: RecordedRequest, note?: string): string {
	const {body} = request;
	const announced = body.complete ? 0 : (promisedLength(request) ?? 0);
	if (body.size > 0 || announced === 0) return shownBody(body, note);
	return `0 of ${bytesInWords(announced)} announced`;
}

/** The protocol of a request where it is not HTTP/1.1, such as `HTTP/2`; undefined where it is, or nothing is known. */
export function formatProtocol({httpVersion}: RecordedRequest): string | undefined {
	if (httpVersion === '' || httpVersion === '1.1') return undefined;
	return `HTTP/${printable(httpVersion.replace(/^2\.0$/, '2'))}`;
}

/** A response in one line: status, reason, Location and what the scenario broke of it; or that there was none. */
export function formatResponseLine({response}: Exchange): string {
	if (response === undefined) return 'no response';
	const {status, reason, location} = response;
	const line = `${status} ${printable(reason)}`.trimEnd();
	const told =
		location === undefined ? line : `${line}, Location: ${shownUrl(location.documented)}`;
	return sentWords(response, line, told);
}

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

function endingWords(request: RecordedRequest, {ending}: AfterAnswer): string {
	const {http2} = request;
	const end = `the double ended the ${carrierName(request)}`;
	if (ending === undefined) return 'the rest is still to come';
	if (ending === 'finished') return 'the body ended';
	if (ending === 'silent') return `the client neither went on nor left for two seconds, and ${end}`;
	if (ending === 'hung') return `the client waited for the double to read on, until ${end}`;
	if (ending === 'cut') return end;
	if (ending === 'reset') return 'the client broke the connection off';
	if (http2 === undefined) return 'the client closed the connection';
	const code = http2.reset === undefined ? '' : ` (RST_STREAM, code ${http2.reset})`;
	return `the client gave up the stream${code}`;
}

/** The numbers of exchanges, `1 → 2 → 3`, with the middle left out of long ones. */
export function formatRoute(exchanges: readonly number[]): string {
	const shown =
		exchanges.length <= 8 ? exchanges : [...exchanges.slice(0, 4), '…', ...exchanges.slice(-2)];
	return shown.join(' → ');
}
