import {createHash} from 'node:crypto';
import {Readable} from 'node:stream';
import {type HeaderLine, type HeaderLines, headerValues} from '../../src/http/header-lines.ts';
import {resolveLocation} from '../../src/http/location.ts';
import {originOf} from '../../src/http/origin.ts';
import type {
	AfterAnswer,
	Afterwards,
	ConnectionFacts,
	Exchange,
	Http2Facts,
	InterimResponse,
	MalformedMessage,
	RecordedRequest,
	RecordedResponse,
	SentFault,
} from '../../src/journal/exchange.ts';
import type {FollowedHop, Hop, Link} from '../../src/journal/hop.ts';
import type {RecordedBody} from '../../src/journal/recorded-body.ts';
import type {Scenario} from '../../src/scenario/types.ts';
import type {Surroundings} from '../../src/verdict/rule.ts';

/** A request in short: what is absent is as in a plain, whole request. */
export interface RequestData {
	/** `METHOD URL`, the URL absolute and documented. */
	readonly request: string;
	/** The target on the wire, when it is not that of the URL. */
	readonly target?: string;
	readonly headers?: Readonly<Record<string, string>> | HeaderLines;
	/** The body that came; a Content-Length is added for it. */
	readonly body?: string | Uint8Array;
	/** The body broke off; `arriving` when it may still go on. */
	readonly cut?: 'off' | 'arriving' | undefined;
	/** What Content-Length says, when it is not the size of the body; or another framing. */
	readonly length?: number | 'chunked' | 'frames' | undefined;
	readonly httpVersion?: string;
	readonly http2?: Http2Facts;
	readonly afterAnswer?: AfterAnswer;
	readonly malformed?: MalformedMessage;
	readonly hopToken?: string;
	readonly trailers?: HeaderLines;
	/** What is not as usual: the first connection to a listener. */
	readonly connection?: Partial<ConnectionFacts>;
	/** Milliseconds. */
	readonly at?: number;
}

/** A response in short. */
export interface ResponseData {
	readonly status: number;
	readonly location?: string;
	/** The Location as it went out, when it is not the documented one. */
	readonly sent?: string;
	/** Further Locations may stand among them. */
	readonly headers?: HeaderLines;
	/** Status codes of the responses before this one, or the whole of them. */
	readonly interim?: readonly (number | InterimResponse)[];
	/** The reason phrase, when it is not the usual one. */
	readonly reason?: string;
	readonly fault?: SentFault;
	readonly afterwards?: Afterwards;
	/** Milliseconds. */
	readonly at?: number;
}

/** An exchange from plain data; without a response when none is given. */
export function buildExchange(
	number: number,
	request: RequestData,
	response?: ResponseData,
): Exchange {
	const recorded = buildRequest(request, number * 10);
	return {
		number,
		request: recorded,
		...(response && {response: buildResponse(response, recorded.url, number * 10 + 5)}),
		...(response?.interim && {interim: response.interim.map(interimOf)}),
		connection: {
			number: 1,
			exchange: number,
			peer: '127.0.0.1:50312',
			door: 'listener' as const,
			...request.connection,
		},
		sealed: request.cut !== 'arriving',
	};
}

/** A followed hop from plain data: exchanges 1 and 2. */
export function buildHop(
	first: RequestData,
	redirect: ResponseData,
	then: RequestData,
	link: Partial<Link> = {},
): FollowedHop {
	return hopOf(1, buildExchange(1, first, redirect), buildExchange(2, then, {status: 200}), link);
}

/** Ties two exchanges. */
export function hopOf(
	number: number,
	redirect: Exchange,
	followUp: Exchange,
	link: Partial<Link> = {},
): FollowedHop {
	const proof: Link = {evidence: ['target'], certain: true, doubts: [], rivals: 0, ...link};
	return {number, redirect, followUp, link: proof, state: 'followed'};
}

/** A chain of requests: each redirect leads to the next; the last exchange has no response but 200. */
export function buildChain(urls: readonly string[], last: 'final' | 'waiting' | 'declined'): Hop[] {
	const exchanges = urls.map((url, index) => {
		const next = urls[index + 1] ?? urls[0] ?? '';
		const ends = index === urls.length - 1 && last === 'final';
		const response = ends ? {status: 200} : {status: 307, location: next};
		return buildExchange(index + 1, {request: `GET ${url}`}, response);
	});
	const hops: Hop[] = exchanges
		.slice(1)
		.map((followUp, index) => hopOf(index + 1, exchanges[index] ?? followUp, followUp));
	const end = exchanges.at(-1);
	if (last === 'final' || end === undefined) return hops;
	return [...hops, {number: hops.length + 1, redirect: end, state: last}];
}

/** The surroundings of some hops: their exchanges, and others that are given. */
export function around(
	hops: readonly Hop[],
	scenario: Partial<Scenario> = {},
	others: readonly Exchange[] = [],
	dropped = 0,
): Surroundings {
	const ofHops = hops.flatMap(({redirect, followUp}) =>
		followUp ? [redirect, followUp] : [redirect],
	);
	const exchanges = [...new Set([...ofHops, ...others])].sort((a, b) => a.number - b.number);
	const isFollowUp = (exchange: Exchange) => hops.some(({followUp}) => followUp === exchange);
	return {scenario: {...plainScenario, ...scenario}, exchanges, hops, isFollowUp, dropped};
}

const plainScenario: Scenario = {
	name: 'api-move',
	links: 'exact',
	callHeaders: [],
	seed: 0,
	catches: [],
	enforce: [],
	calls: [],
	routes: [{request: '* https://api.example.test/*rest'}],
};

function buildRequest(data: RequestData, began: number): RecordedRequest {
	const [method = '', url = ''] = data.request.split(' ');
	const origin = originOf(url) ?? '';
	const at = data.at ?? began;
	return {
		method,
		target: data.target ?? new URL(url).pathname + new URL(url).search,
		url,
		origin,
		headers: [...linesOf(data.headers, url), ...framingOf(data)],
		trailers: data.trailers ?? [],
		httpVersion: data.httpVersion ?? '1.1',
		framing: framingName(data),
		body: buildBody(data.body ?? '', data.cut === undefined),
		...(data.http2 && {http2: data.http2}),
		...(data.afterAnswer && {afterAnswer: data.afterAnswer}),
		...(data.malformed && {malformed: data.malformed}),
		...(data.hopToken !== undefined && {hopToken: data.hopToken}),
		beganAt: at,
		...(data.cut !== 'arriving' && {endedAt: at + 1}),
	};
}

function buildResponse(data: ResponseData, base: string, sentAt: number): RecordedResponse {
	const {location, sent = location} = data;
	const others = headerValues(data.headers ?? [], 'location');
	const resolved =
		location === undefined ? 'missing' : resolveLocation([location, ...others], base);
	return {
		status: data.status,
		reason:
			data.reason ??
			{200: 'OK', 307: 'Temporary Redirect', 308: 'Permanent Redirect'}[data.status] ??
			'',
		headers: [...(location === undefined ? [] : locationLine(location)), ...(data.headers ?? [])],
		bodySize: 0,
		...(location !== undefined &&
			sent !== undefined && {
				location: {
					documented: location,
					sent,
					...(typeof resolved !== 'string' && {resolved}),
				},
			}),
		sentAt: data.at ?? sentAt,
		complete: true,
		...(data.fault && {fault: data.fault}),
		...(data.afterwards && {afterwards: data.afterwards}),
	};
}

function interimOf(given: number | InterimResponse): InterimResponse {
	return typeof given === 'number' ? {status: given, headers: [], sentAt: 1} : given;
}

function locationLine(location: string): HeaderLine[] {
	return [['Location', location]];
}

function linesOf(headers: RequestData['headers'] = {}, url: string): HeaderLine[] {
	const lines: HeaderLine[] = isLines(headers) ? [...headers] : Object.entries(headers);
	const hasHost = lines.some(([name]) => name.toLowerCase() === 'host');
	return hasHost ? lines : [['Host', new URL(url).host], ...lines];
}

function isLines(headers: Readonly<Record<string, string>> | HeaderLines): headers is HeaderLines {
	return Array.isArray(headers);
}

function framingName({body, length}: RequestData): RecordedRequest['framing'] {
	if (length === 'chunked' || length === 'frames') return length;
	return body === undefined && length === undefined ? 'none' : 'content-length';
}

function framingOf(data: RequestData): HeaderLine[] {
	const framing = framingName(data);
	if (framing === 'none' || framing === 'frames') return [];
	if (framing === 'chunked') return [['Transfer-Encoding', 'chunked']];
	const length = data.length ?? Buffer.byteLength(data.body ?? '');
	return [['Content-Length', String(length)]];
}

/** A recorded body from memory. */
export function buildBody(content: string | Uint8Array, complete = true): RecordedBody {
	const all = Buffer.from(content);
	const text = all.toString('utf8');
	const json = async () => JSON.parse(text);
	return {
		size: all.length,
		kept: all.length,
		sha256: createHash('sha256').update(all).digest('hex'),
		complete,
		preview: (limit = 200) => all.subarray(0, limit),
		firstDifference: other => differenceOf(all, Buffer.from(other.preview(other.size))),
		bytes: async () => all,
		text: async () => text,
		json,
		form: () => new Response(text).formData(),
		stream: () => Readable.from([all]),
	};
}

function differenceOf(one: Buffer, other: Buffer): number | undefined {
	if (one.equals(other)) return undefined;
	const shorter = Math.min(one.length, other.length);
	for (let i = 0; i < shorter; i++) if (one[i] !== other[i]) return i;
	return shorter;
}
