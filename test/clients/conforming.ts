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
}

/** A response without its body. */
export interface WireResponse {
	readonly status: number;
	readonly headers: ReadonlyMap<string, string>;
}

/** A redirect that a client is about to follow. */
export interface Step {
	readonly status: number;
	/** The Location as it came. */
	readonly location: string;
	/** The request that was redirected. */
	readonly request: WireRequest;
}

/** What makes a client another one than the conforming. */
export interface Habits {
	/** How many redirects it follows for one call; 20 unless told. */
	readonly limit?: number;
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
	readonly body?: string | undefined;
}

export type Client = (call: ClientCall) => Promise<WireResponse>;

/**
 * A small HTTP/1.1 client that follows redirects as RFC 9110 and the Fetch Standard say, and sends
 * exactly what it is told: no header of its own but Host, Connection and Content-Length. It uses a
 * new connection for each request. Told to send `Expect: 100-continue`, it waits for the 100.
 */
export function createClient(habits: Habits = {}): Client {
	const {limit = 20, alter = same, noticed = () => {}, begin = url => url} = habits;
	const {transport = exchange, declines = isOfPreflight} = habits;
	return async call => {
		let request = firstRequest(call, begin);
		for (let followed = 0; ; followed++) {
			const response = await transport(request);
			const location = response.headers.get('location');
			if (!isRedirect(response.status) || location === undefined || followed === limit) {
				return response;
			}
			const step = {status: response.status, location, request};
			const followUp = followUpOf(step);
			if (followUp === undefined || declines(step)) return response;
			request = alter(followUp, step);
			noticed(step, request);
		}
	};
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
		...(becomesGet && request.method !== 'GET' ? contentFields : []),
		// There must be no expectation without content (RFC 9110, 10.1.1).
		...(becomesGet ? ['expect'] : []),
		...(crossOrigin ? ['authorization', 'cookie'] : []),
	]);
	const kept = request.headers.filter(([name]) => !dropped.has(name.toLowerCase()));
	return {
		method: becomesGet ? 'GET' : request.method,
		url,
		target: targetOf(url),
		headers: [hostLine(url), ...kept],
		body: becomesGet ? undefined : request.body,
	};
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
	return {method, url, target: targetOf(url), headers, body: call.body};
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

function isRedirect(status: number): boolean {
	return [301, 302, 303, 307, 308].includes(status);
}

function same(followUp: WireRequest): WireRequest {
	return followUp;
}

function exchange(request: WireRequest): Promise<WireResponse> {
	const {hostname, port} = new URL(request.url);
	return exchangeOver(connect(Number(port), hostname), request);
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
		const body = Buffer.from(request.body ?? '');
		const expecting = expects(request)
			? untilContinue(
					() => void socket.write(body),
					() => void socket.end(),
				)
			: undefined;
		socket.on('data', chunk => {
			chunks.push(chunk);
			expecting?.answered(received());
		});
		socket.once('error', reject);
		socket.once('end', () => resolve(parseHead(received())));
		socket.once('close', () => expecting?.over());
		const head = headOf({...request, target});
		socket.write(expecting ? head : Buffer.concat([head, body]));
	});
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
	const over = (): void => clearTimeout(timer);
	let waits = true;
	const decide = (act: () => void): void => {
		if (!waits) return;
		waits = false;
		over();
		act();
	};
	const timer = setTimeout(() => decide(send), expectationPatience);
	const answered = (text: string): void => {
		const heads = text.split('\r\n\r\n').slice(0, -1);
		if (heads.some(head => head.startsWith('HTTP/1.1 100'))) decide(send);
		else if (heads.some(head => !head.startsWith('HTTP/1.1 1'))) decide(giveUp);
	};
	return {answered, over};
}

function headOf({method, target, headers, body}: WireRequest): Buffer {
	const isChunked = headers.some(([name]) => name.toLowerCase() === 'transfer-encoding');
	const length =
		body === undefined || isChunked ? [] : [['Content-Length', String(Buffer.byteLength(body))]];
	const lines = [...headers, ['Connection', 'close'], ...length];
	const fields = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
	return Buffer.from(`${method} ${target} HTTP/1.1\r\n${fields}\r\n`);
}

/** The head of the final response, from the bytes of all that came as text. */
export function parseHead(text: string): WireResponse {
	const heads = text.split('\r\n\r\n');
	const head = heads.find(each => !/^HTTP\/1\.1 1/.test(each)) ?? '';
	const [statusLine = '', ...fields] = head.split('\r\n');
	const headers = new Map<string, string>();
	for (const field of fields) {
		const colon = field.indexOf(':');
		const name = field.slice(0, colon).toLowerCase();
		// Of a field that should be there once, the first one counts.
		if (!headers.has(name)) headers.set(name, field.slice(colon + 1).trim());
	}
	return {status: Number(statusLine.split(' ')[1]), headers};
}
