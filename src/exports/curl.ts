import type {Double} from '../double.ts';
import type {Exchange} from '../journal/exchange.ts';
import {isNoHttp, noHttpWords, sentWords} from '../journal/exchange-words.ts';
import type {Journal} from '../journal/journal.ts';
import {formatRequestLine} from '../verdict/exchange-text.ts';
import {BodyRoom} from './body-content.ts';
import {curlLine} from './curl-line.ts';
import {documentFields} from './documented-fields.ts';
import {type Recorded, recordedRequest} from './recorded-request.ts';
import type {Secrets} from './secrets.ts';
import {shellQuote} from './shell-quote.ts';

/** Linux takes words of 128 KiB; what is larger is named as a file. */
const largestWord = 64 * 1024;

/**
 * A line for a POSIX shell for each recorded request, with which curl sends the same again to its
 * documented URL and follows nothing. Notes in lines of their own tell which request it is, and what curl
 * can't send as it came.
 */
export async function toCurl(double: Double, secrets: Secrets): Promise<string> {
	const {exchanges, journal, proxy, name} = double;
	const manner = {secrets, document: documentFields(double), room: new BodyRoom(largestWord)};
	const blocks = [
		[
			`# What came to ${name}, at the documented URLs${secrets === 'masked' ? '; *** stands for secrets' : ''}.`,
			`# The double has them through its proxy: https_proxy=${proxy} http_proxy=${proxy}, with its CA in CURL_CA_BUNDLE.`,
		],
	];
	for (const exchange of exchanges) {
		const recorded = canBeSent(exchange) ? await recordedRequest(exchange, manner) : undefined;
		blocks.push(blockOf(exchange, journal, recorded));
	}
	return `${blocks.map(lines => lines.join('\n')).join('\n\n')}\n`;
}

function canBeSent({request}: Exchange): boolean {
	return !isNoHttp(request) && request.method !== 'CONNECT';
}

function blockOf(exchange: Exchange, journal: Journal, recorded: Recorded | undefined): string[] {
	const {number, request} = exchange;
	const title = `# ${number}: ${storyOf(exchange, journal)}`;
	if (recorded === undefined) {
		const what = isNoHttp(request) ? noHttpWords(request) : formatRequestLine(request);
		return [`${title}; nothing that curl can send again: ${what}`];
	}
	const line = curlLine(recorded.request, {follows: false, options: recorded.options});
	return [title, ...recorded.notes.map(note => `#    ${note}`), onlyWithBody(recorded, line)];
}

/** Without the file, curl would send an empty body. */
function onlyWithBody({request: {body}}: Recorded, line: string): string {
	return body?.kind === 'file' ? `test -r ${shellQuote(body.path)} && ${line}` : line;
}

function storyOf(exchange: Exchange, journal: Journal): string {
	const hop = journal.hopTo(exchange);
	const answer = answerTo(exchange);
	if (hop === undefined) return answer;
	const doubt = hop.link?.certain ? '' : ', as far as can be told';
	return `the follow-up of ${hop.redirect.number}${doubt}; ${answer}`;
}

function answerTo({response}: Exchange): string {
	if (response === undefined) return 'not answered';
	return sentWords(response, String(response.status), `answered with ${response.status}`);
}
