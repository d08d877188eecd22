import {type HeaderLines, headerValue, headerValues} from '../http/header-lines.ts';
import type {Http2Facts, RecordedRequest, SentLocation} from '../journal/exchange.ts';
import type {FollowedHop} from '../journal/hop.ts';
import {type Fields, fieldsOf} from './fields.ts';
import {followsInterim} from './followed-interim.ts';
import {ofHeaders} from './of-headers.ts';

/** What rules about messages look at in a request. */
export interface Message
	extends Pick<
		RecordedRequest,
		'method' | 'url' | 'origin' | 'headers' | 'trailers' | 'httpVersion' | 'framing'
	> {
	/** What the header lines say. */
	readonly fields: Fields;
	/** Absent for HTTP/1. */
	readonly http2?: Pick<Http2Facts, 'pseudoHeaders'>;
	/** Whether the request has content; `missing` when it announced some, and none came. */
	readonly content: 'some' | 'none' | 'missing';
	/** Whether the request-target has a fragment. */
	readonly hasFragment: boolean;
}

/**
 * The messages of a followed hop, as far as rules about messages look at them. Hops that agree in all
 * of this are judged alike: what is not in here, such as numbers, times and bytes, such a rule can't see.
 */
export interface Messages {
	readonly redirect: {
		readonly request: Message;
		readonly response: {
			readonly status: number;
			readonly location?: Pick<SentLocation, 'documented' | 'sent' | 'resolved'>;
			/** Whether it says that the connection will be closed. */
			readonly closes: boolean;
			/** Its Retry-After; absent when it has none. */
			readonly retryAfter?: string;
			/** The values of its Set-Cookie lines, in order. */
			readonly setCookies: readonly string[];
		};
	};
	readonly followUp: {readonly request: Message};
	/** Whether both bodies came whole, and are equal. */
	readonly sameBody: boolean;
	/** Whether the follow-up went where an interim response seemed to lead, and not where the redirect leads. */
	readonly followsInterim: boolean;
}

/** The messages of a hop, without what else the journal knows of it. */
export function messagesOf(hop: FollowedHop): Messages {
	const {request, response} = hop.redirect;
	const location = response?.location;
	return {
		redirect: {
			request: messageOf(request),
			response: {
				status: response?.status ?? 0,
				...(location && {location}),
				...saidBy(response?.headers ?? noLines),
			},
		},
		followUp: {request: messageOf(hop.followUp.request)},
		sameBody: repeatsBody(hop),
		followsInterim: followsInterim(hop),
	};
}

/** Whether the messages of a hop are equal to these. Header lines are compared by identity: the journal keeps equal ones once. */
export function hasMessages(hop: FollowedHop, messages: Messages): boolean {
	const {redirect, followUp, sameBody} = messages;
	const {request, response} = hop.redirect;
	const {closes, retryAfter, setCookies} = saidBy(response?.headers ?? noLines);
	return (
		isMessage(request, redirect.request) &&
		isMessage(hop.followUp.request, followUp.request) &&
		redirect.response.status === (response?.status ?? 0) &&
		redirect.response.closes === closes &&
		redirect.response.retryAfter === retryAfter &&
		leadsAlike(redirect.response.location, response?.location) &&
		sameValues(redirect.response.setCookies, setCookies) &&
		repeatsBody(hop) === sameBody &&
		followsInterim(hop) === messages.followsInterim
	);
}

const noLines: HeaderLines = Object.freeze([]);

/** What a response says beside its status and the way to its Location. */
const saidBy = ofHeaders(lines => {
	const options = (headerValue(lines, 'connection') ?? '').toLowerCase().split(',');
	const retryAfter = headerValue(lines, 'retry-after');
	return {
		closes: options.some(option => option.trim() === 'close'),
		...(retryAfter !== undefined && {retryAfter}),
		setCookies: headerValues(lines, 'set-cookie'),
	};
});

function sameValues(one: readonly string[], other: readonly string[]): boolean {
	return (
		one === other || (one.length === other.length && one.every((value, i) => value === other[i]))
	);
}

function messageOf(request: RecordedRequest): Message {
	const {method, url, origin, headers, trailers, httpVersion, framing, http2} = request;
	return {
		method,
		url,
		origin,
		headers,
		trailers,
		fields: fieldsOf(headers),
		httpVersion,
		framing,
		...(http2 && {http2: {pseudoHeaders: http2.pseudoHeaders}}),
		content: contentOf(request),
		hasFragment: request.target.includes('#'),
	};
}

function isMessage(request: RecordedRequest, message: Message): boolean {
	return (
		request.headers === message.headers &&
		request.url === message.url &&
		request.method === message.method &&
		request.origin === message.origin &&
		request.httpVersion === message.httpVersion &&
		request.framing === message.framing &&
		sameLines(request.trailers, message.trailers) &&
		contentOf(request) === message.content &&
		request.target.includes('#') === message.hasFragment &&
		sameLines(request.http2?.pseudoHeaders, message.http2?.pseudoHeaders)
	);
}

function contentOf({body, framing}: RecordedRequest): Message['content'] {
	if (body.size > 0) return 'some';
	return framing !== 'none' && !body.complete ? 'missing' : 'none';
}

function repeatsBody({redirect, followUp}: FollowedHop): boolean {
	const before = redirect.request.body;
	const after = followUp.request.body;
	if (!before.complete || !after.complete) return false;
	return before === after || (before.size === after.size && before.sha256 === after.sha256);
}

function sameLines(one: HeaderLines | undefined, other: HeaderLines | undefined): boolean {
	if (one === other) return true;
	if (one?.length !== other?.length) return false;
	return (
		one?.every(([name, value], i) => name === other?.[i]?.[0] && value === other[i]?.[1]) === true
	);
}

type Location = Messages['redirect']['response']['location'];

function leadsAlike(one: Location, other: Location): boolean {
	if (one === other) return true;
	if (one?.documented !== other?.documented || one?.sent !== other?.sent) return false;
	const here = one?.resolved;
	const there = other?.resolved;
	return (
		here === there ||
		(here?.origin === there?.origin &&
			here?.fragment === there?.fragment &&
			here?.targets.length === there?.targets.length &&
			here?.targets.every((target, i) => target === there?.targets[i]) === true)
	);
}
