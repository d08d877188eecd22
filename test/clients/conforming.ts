import {connect} from 'node:net';
import type {Duplex} from 'node:stream';
import type {HeaderLine, HeaderLines} from '../../src/http/header-lines.ts';
import {resolveReference} from '../../src/http/location.ts';
import {originOf, splitOrigin} from '../../src/http/origin.ts';

/** A request as it goes to the wire; Connection and Content-Length are added. */
export interface WireRequest {
	readonly method: string;
	/** Where to connect to. */
	readonly url: string;
	/** The request-target, byte for byte. */
	readonly target: string;
	/** All other field lines in order, Host included. */
	readonly headers: HeaderLines;
	/** Absent: no body is announced. Empty: a body of no bytes is announced. With Transfer-Encoding: its chunks. */
	readonly body?: string | undefined;
	/** `latin1`: each character of the body stands for a byte. UTF-8 unless told. */
	readonly encoding?: 'latin1';
}

/** A response without its body. */
export interface WireResponse {
	readonly status: number;
	readonly headers: ReadonlyMap<string, string>;
	/** All Locations of it; absent where nobody looked. */
	readonly locations?: readonly string[];
	/** The Locations of the responses before it; absent where nobody looked. */
	readonly interimLocations?: readonly string[];
	/** Whether its body ended before its length. */
	readonly cut?: boolean;
}

/** A redirect that a client is about to follow. */
export interface Step {
	readonly status: number;
	/** The Location as it came. */
	readonly location: string;
	/** The first Set-Cookie of the redirect; absent when it has none. */
	readonly setCookie?: string | undefined;
	/** The request that was redirected. */
	readonly request: WireRequest;
}

/** What makes a client another one than the conforming. */
export interface Habits {
	/** How many redirects it follows for one call; 20 unless told. */
	readonly limit?: number;
	/** Where a response leads; a redirect to its Location, unless told. */
	readonly locate?: (response: WireResponse) => string | undefined;
	/** Changes the follow-up that a conforming client would send. */
	readonly alter?: (followUp: WireRequest, step: Step) => WireRequest;
	/** Whether it reports a redirect as an error; that of a CORS preflight unless told. */
	readonly declines?: (step: Step) => boolean;
	/** Called with each redirect that it follows. */
	readonly noticed?: (step: Step, followUp: WireRequest) => void;
	/** Where a call begins, when not at its own URL. */
	readonly begin?: (url: string, method: string) => string;
	/** How a request gets to its server; over plain HTTP/1.1 unless told. */
	readonly transport?: Transport;
}

/** Sends one request on a connection of its own and reads the head of the response. */
export type Transport = (request: WireRequest) => Promise<WireResponse>;

/** A call: `request` is `METHOD URL` with the local URL. */
export interface ClientCall {
	readonly request: string;
	readonly headers?: HeaderLines;
	readonly body?: string | Uint8Array | undefined;
}

export type Client = (call: ClientCall) => Promise<WireResponse>;

/**
 * A small HTTP/1.1 client that follows redirects as RFC 9110 and the Fetch Standard say, and sends
 * exactly what it is told: no header of its own but Host, Connection and Content-Length. It uses a
 * new connection for each request. Told to send `Expect: 100-continue`, it waits for the 100.
 */
export function createClient(habits: Habits = {}): Client {
	const {limit = 20, alter = same, noticed = () => {}, begin = url => url} = habits;
	const {transport = overTcp, locate = locationOf, declines = isOfPreflight} = habits;
	return async call => {
		let request = firstRequest(call, begin);
		for (let followed = 0; ; followed++) {
			const response = await transport(request);
			const location = locate(response);
			if (location === undefined || followed === limit) return response;
			const setCookie = response.headers.get('set-cookie');
			const step = {status: response.status, location, setCookie, request};
			const followUp = followUpOf(step);
			if (followUp === undefined || declines(step)) return response;
			request = alter(followUp, step);
			noticed(step, request);
		}
	};
}

/** Where a conforming client is led. */
export function locationOf({status, headers}: WireResponse): string | undefined {
	return isRedirect(status) ? headers.get('location') : undefined;
}

/** The follow-up of a conforming client; undefined when the Location is no address of HTTP. */
function followUpOf({status, location, request}: Step): WireRequest | undefined {
	const url = addressOf(location, request.url);
	if (url === undefined) return undefined;
	const becomesGet =
		status === 303
			? request.method !== 'HEAD'
			: (status === 301 || status === 302) && request.method === 'POST';
	const crossOrigin = originOf(url) !== originOf(request.url);
	const dropped = new Set([
		'host',
		// A signature is for one request.
		...['signature', 'signature-input'],
		...(becomesGet && request.method !== 'GET' ? contentFields : []),
		// There must be no expectation without content (RFC 9110, 10.1.1).
		...(becomesGet ? ['expect'] : []),
		...(crossOrigin ? ['authorization', 'cookie', 'proxy-authorization'] : []),
	]);
	const tainted = crossOrigin && isOfForeignPage(request);
	const kept = request.headers
		.filter(([name]) => !dropped.has(name.toLowerCase()))
		.map(line => (tainted && line[0].toLowerCase() === 'origin' ? nullOrigin : line));
	return {
		method: becomesGet ? 'GET' : request.method,
		url,
		target: targetOf(url),
		headers: [hostLine(url), ...kept],
		body: becomesGet ? undefined : request.body,
		...(request.encoding && {encoding: request.encoding}),
	};
}

const nullOrigin: HeaderLine = ['Origin', 'null'];

/** Whether a browser sends this for a page of another origin (Fetch Standard, redirect-taint). */
function isOfForeignPage({url, headers}: WireRequest): boolean {
	const fields = new Map(headers.map(([name, value]) => [name.toLowerCase(), value]));
	return fields.has('sec-fetch-site') && fields.get('origin') !== originOf(url);
}

/** Where a Location leads; a user name and a password in it are not used. */
export function addressOf(location: string, base: string): string | undefined {
	const url = encoded(resolveReference(location, base) ?? base);
	return splitOrigin(url) && url.replace(/^(https?:\/\/)[^/?#]*@/i, '$1');
}

/** Bytes that stand in no URL go out percent-encoded; each is a character here. */
function encoded(url: string): string {
	return url.replace(/[^\x21-\x7e]/g, byte => {
		const hex = byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0');
		return `%${hex}`;
	});
}

export const contentFields: readonly string[] = [
	'content-type',
	'content-encoding',
	'content-language',
	'content-location',
];

function firstRequest(call: ClientCall, begin: NonNullable<Habits['begin']>): WireRequest {
	const [method = '', documented = ''] = call.request.split(' ');
	const url = begin(documented, method);
	const headers = [hostLine(url), ...(call.headers ?? [])];
	return {method, url, target: targetOf(url), headers, ...bodyOf(call)};
}

function bodyOf({body}: ClientCall): Pick<WireRequest, 'body' | 'encoding'> {
	if (typeof body !== 'object') return {body};
	return {body: Buffer.from(body).toString('latin1'), encoding: 'latin1'};
}

function targetOf(url: string): string {
	const {origin} = new URL(url);
	return (url.slice(origin.length) || '/').split('#', 1)[0] ?? '/';
}

function hostLine(url: string): HeaderLine {
	return ['Host', new URL(url).host];
}

/** Fetch Standard, CORS-preflight fetch, step 8: whatever is no success ends the whole fetch. */
function isOfPreflight({request: {method, headers}}: Step): boolean {
	const names = headers.map(([name]) => name.toLowerCase());
	return (
		method === 'OPTIONS' &&
		names.includes('origin') &&
		names.includes('access-control-request-method')
	);
}

export function isRedirect(status: number): boolean {
	return [301, 302, 303, 307, 308].includes(status);
}

function same(followUp: WireRequest): WireRequest {
	return followUp;
}

/** Sends a request on a fresh connection, without TLS. */
export function overTcp(request: WireRequest): Promise<WireResponse> {
	const {hostname, port} = new URL(request.url);
	return exchangeOver(connect(Number(port), hostname), request);
}

/** Sends a request, and after a 417 what is to be sent in its place (RFC 9110, 10.1.1). */
export function repeatedAfter417(instead: (request: WireRequest) => WireRequest): Transport {
	return async request => {
		const response = await overTcp(request);
		return response.status === 417 ? overTcp(instead(request)) : response;
	};
}

/** A request without its expectation. */
export function withoutExpectation(request: WireRequest): WireRequest {
	const headers = request.headers.filter(([name]) => name.toLowerCase() !== 'expect');
	return {...request, headers};
}

/** Sends a request in HTTP/1.1 on a fresh connection, and reads the head of the response. */
export function exchangeOver(
	socket: Duplex,
	request: WireRequest,
	form: 'origin' | 'absolute' = 'origin',
): Promise<WireResponse> {
	return new Promise((resolve, reject) => {
		const chunks: Buffer[] = [];
		const received = (): string => Buffer.concat(chunks).toString('latin1');
		const target =
			form === 'origin' ? request.target : new URL(request.url).origin + request.target;
		const body = bytesOf(request);
		const expecting = expects(request)
			? untilContinue(
					() => void socket.write(body),
					() => void socket.end(),
				)
			: undefined;
		const stalled = untilStalled(() => {
			const response = parseHead(received());
			if (!isRedirect(response.status)) return;
			resolve(response);
			socket.destroy();
		});
		socket.on('data', chunk => {
			chunks.push(chunk);
			stalled.came();
			expecting?.answered(received());
		});
		socket.once('error', reject);
		socket.once('end', () => resolve(parseHead(received())));
		socket.once('close', () => {
			stalled.over();
			expecting?.over();
		});
		const head = headOf({...request, target});
		socket.write(expecting ? head : Buffer.concat([head, body]));
	});
}

/** Nothing depends on the body of a redirect: one that stands still is left. Calls back once nothing came for long. */
export function untilStalled(leave: () => void) {
	const patience = new Patience(stallPatience, leave);
	return {came: () => patience.begin(), over: () => patience.over()};
}

const stallPatience = 2000;

/** Waits for what may come, and calls back when it has not. */
class Patience {
	#timer: NodeJS.Timeout | undefined;
	#last: NodeJS.Immediate | undefined;
	readonly #milliseconds: number;
	readonly #ended: () => void;

	constructor(milliseconds: number, ended: () => void) {
		this.#milliseconds = milliseconds;
		this.#ended = ended;
	}

	/** Begins, or begins anew. */
	begin(): void {
		this.over();
		// On a machine that is slow, bytes may be waiting that are read before an immediate.
		this.#timer = setTimeout(() => {
			this.#last = setImmediate(this.#ended);
		}, this.#milliseconds);
	}

	over(): void {
		clearTimeout(this.#timer);
		clearImmediate(this.#last);
	}
}

/** The body as it goes to the wire. */
export function bytesOf({body = '', encoding}: WireRequest): Buffer {
	return Buffer.from(body, encoding);
}

/** Whether a request holds its body back for 100 Continue. */
export function expects({headers, body}: WireRequest): boolean {
	const asked = headers.some(
		([name, value]) => name.toLowerCase() === 'expect' && value === '100-continue',
	);
	return asked && body !== undefined;
}

/** How long 100 is waited for: a server need not know of it (RFC 9110, 10.1.1). */
export const expectationPatience = 5000;

/**
 * Sends a body once 100 has come, or nothing has for long; gives the request up when a final
 * response comes first, after which nothing of the body may be sent.
 */
function untilContinue(send: () => void, giveUp: () => void) {
	const patience = new Patience(expectationPatience, () => decide(send));
	const over = (): void => patience.over();
	let waits = true;
	const decide = (act: () => void): void => {
		if (!waits) return;
		waits = false;
		over();
		act();
	};
	patience.begin();
	const answered = (text: string): void => {
		const heads = text.split('\r\n\r\n').slice(0, -1);
		if (heads.some(head => head.startsWith('HTTP/1.1 100'))) decide(send);
		else if (heads.some(head => !head.startsWith('HTTP/1.1 1'))) decide(giveUp);
	};
	return {answered, over};
}

function headOf(request: WireRequest): Buffer {
	const {method, target, headers, body} = request;
	const isChunked = headers.some(([name]) => name.toLowerCase() === 'transfer-encoding');
	const length =
		body === undefined || isChunked
			? []
			: [['Content-Length', String(bytesOf(request).byteLength)]];
	const lines = [...headers, ['Connection', 'close'], ...length];
	const fields = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
	return Buffer.from(`${method} ${target} HTTP/1.1\r\n${fields}\r\n`);
}

/** The head of the final response, from the bytes of all that came as text. */
export function parseHead(text: string): WireResponse {
	const heads = text.split('\r\n\r\n');
	const at = heads.findIndex(each => !/^HTTP\/1\.1 1/.test(each));
	const [statusLine = '', ...fields] = (heads[at] ?? '').split('\r\n');
	const lines = fields.map(fieldOf);
	const headers = new Map<string, string>();
	// Of a field that should be there once, the first one counts.
	for (const [name, value] of lines) if (!headers.has(name)) headers.set(name, value);
	const body = heads.slice(at + 1).join('\r\n\r\n');
	return {
		status: Number(statusLine.split(' ')[1]),
		headers,
		locations: locationsOf(lines),
		interimLocations: locationsOf(
			heads.slice(0, at).flatMap(head => head.split('\r\n').slice(1).map(fieldOf)),
		),
		cut: body.length < Number(headers.get('content-length') ?? 0),
	};
}

function fieldOf(line: string): HeaderLine {
	const colon = line.indexOf(':');
	return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
}

function locationsOf(lines: HeaderLines): string[] {
	return lines.filter(([name]) => name === 'location').map(([, value]) => value);
}
