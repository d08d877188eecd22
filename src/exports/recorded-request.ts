import {isUtf8} from 'node:buffer';
import {type HeaderLine, headerValue} from '../http/header-lines.ts';
import {splitOrigin} from '../http/origin.ts';
import {printable} from '../http/printable.ts';
import type {Exchange, RecordedRequest} from '../journal/exchange.ts';
import type {CallBody} from '../scenario/call-content.ts';
import {promisedLength} from '../verdict/message-facts.ts';
import {bytesInWords, bytesOfTotal} from '../verdict/wire-text.ts';
import {type BodyRoom, bodyContent, type Elsewhere} from './body-content.ts';
import type {CurlRequest} from './curl-line.ts';
import {authorityOf, type DocumentFields} from './documented-fields.ts';
import {type Secrets, urlIn, valueIn} from './secrets.ts';
import {shellQuote} from './shell-quote.ts';

/** A recorded request as curl can send it. */
export interface Recorded {
	readonly request: CurlRequest;
	/** What else curl is told so that nothing of its own comes in, ready for a shell. */
	readonly options: readonly string[];
	/** What is to be known of it, a line each. */
	readonly notes: readonly string[];
}

interface Manner {
	readonly secrets: Secrets;
	readonly document: DocumentFields;
	readonly room: BodyRoom;
}

/** Above this curl expects 100 Continue before it sends a body. */
const expectsAbove = 1024 ** 2;

/** A recorded request as curl can send it again to its documented URL. */
export async function recordedRequest(
	{number, request}: Exchange,
	{secrets, document, room}: Manner,
): Promise<Recorded> {
	const {url, options} = targetOf(request, secrets);
	const {body, notes} = await bodyOf(request, number, {secrets, room});
	const lines = document(request.headers).filter(line => isToBeSent(line, url));
	const [headers, strange] = readable(lines);
	const withheld = strange.map(
		([name]) => `${printable(name)} has bytes that are no UTF-8, and is left out`,
	);
	return {
		request: {
			method: request.method,
			url,
			headers: headers.map(([name, value]) => [name, valueIn(name, value, secrets)]),
			...(body && {body}),
		},
		options: [...versionOption(request, url), ...options, ...withoutOwn(request)],
		notes: [...notes, ...withheld, ...trailerNote(request)],
	};
}

/** Curl writes Host by the URL, and lengths by the body; what is between a client and its proxy is no part of it. */
function isToBeSent([name, value]: HeaderLine, url: string): boolean {
	const field = name.toLowerCase();
	if (field === 'host') return value !== authorityOf(url);
	return field !== 'content-length' && field !== 'proxy-connection';
}

/** Lines as text, and those that are none: of a head there is a character for each byte. */
function readable(lines: readonly HeaderLine[]): [text: HeaderLine[], strange: HeaderLine[]] {
	const isText = ([, value]: HeaderLine) => isUtf8(Buffer.from(value, 'latin1'));
	const decoded = lines
		.filter(isText)
		.map(([name, value]): HeaderLine => [name, Buffer.from(value, 'latin1').toString('utf8')]);
	return [decoded, lines.filter(line => !isText(line))];
}

/** Fields that curl adds by itself. */
function withoutOwn({headers, body}: RecordedRequest): string[] {
	const own = ['User-Agent', 'Accept', ...(body.size > expectsAbove ? ['Expect'] : [])];
	return own
		.filter(name => headerValue(headers, name) === undefined)
		.flatMap(name => ['-H', `${name}:`]);
}

function versionOption({httpVersion}: RecordedRequest, url: string): string[] {
	const isSecure = url.startsWith('https:');
	if (httpVersion === '1.0') return ['--http1.0'];
	if (httpVersion === '2.0') return [isSecure ? '--http2' : '--http2-prior-knowledge'];
	return isSecure ? ['--http1.1'] : [];
}

/** What curl would read otherwise, or refuse, in a URL is given apart from it. */
function targetOf(
	{url, origin, target}: RecordedRequest,
	secrets: Secrets,
): {url: string; options: string[]} {
	const rest = target === '*' ? target : splitOrigin(url)?.rest;
	const at = target === '*' ? origin : url.slice(0, url.length - (rest?.length ?? 0));
	if (rest === undefined) return {url: `${origin}/`, options: targetOption(target, secrets)};
	if (/^[/?][!-~]*$/.test(rest) && !rest.includes('#'))
		return {url: urlIn(url, secrets), options: []};
	return {url: `${urlIn(at, secrets)}/`, options: targetOption(rest, secrets)};
}

function targetOption(target: string, secrets: Secrets): string[] {
	if (target === '') return [];
	const text = Buffer.from(urlIn(target, secrets), 'latin1').toString('utf8');
	return ['--request-target', shellQuote(text)];
}

async function bodyOf(
	request: RecordedRequest,
	number: number,
	{secrets, room}: Pick<Manner, 'secrets' | 'room'>,
): Promise<{body?: CallBody; notes: string[]}> {
	const {body, framing, method} = request;
	if (method === 'HEAD')
		return {notes: body.size === 0 ? [] : ['curl sends no body with HEAD, and it had one']};
	const content = await bodyContent(request, secrets, room);
	const notes = body.complete ? [] : [cutNote(request)];
	if (content.kind === 'none')
		return framing === 'none' || framing === 'frames'
			? {notes}
			: {body: {kind: 'text', text: ''}, notes};
	if (content.kind !== 'left out') return {body: content, notes};
	const path = `exchange-${number}.body`;
	const facts = `${bytesInWords(body.size)}, SHA-256 ${body.sha256}`;
	return {
		body: {kind: 'file', path},
		notes: [
			...notes,
			`${path} stands for its body, ${facts}: ${content.why}`,
			...placeNote(content.elsewhere, number),
		],
	};
}

function placeNote(elsewhere: Elsewhere | undefined, number: number): string[] {
	if (elsewhere === undefined) return [];
	const shown = elsewhere === 'at the double' ? '' : ', and with --show-secrets it stands here';
	return [
		`save it under that name first: while the double runs, the HTTP API gives it at its /exchanges/${number}/request/body${shown}`,
	];
}

function cutNote(request: RecordedRequest): string {
	const came = bytesOfTotal(request.body.size, promisedLength(request));
	return `of its body ${came} came, and no more`;
}

function trailerNote({trailers}: RecordedRequest): string[] {
	if (trailers.length === 0) return [];
	const names = trailers.map(([name]) => printable(name)).join(', ');
	return [`curl has no way to send its trailers: ${names}`];
}
