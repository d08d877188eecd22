import {attemptFields, isMadeAnew} from '../http/field-kinds.ts';
import {headerValue} from '../http/header-lines.ts';
import {splitOrigin} from '../http/origin.ts';
import type {Exchange} from './exchange.ts';

/** What a request is weighed by: comparable texts made once from its record. */
export interface Traits {
	readonly exchange: Exchange;
	/** Canonical origin, path and query; no fragment, no hop token. */
	readonly url: string;
	/** Origin and path, without the query. */
	readonly address: string;
	/** Path without query. */
	readonly path: string;
	/** Query with its `?`; empty for none. */
	readonly query: string;
	readonly method: string;
	/** SHA-256 of the body; empty for an empty body. Of one that is not whole, a text like no other. */
	readonly body: string;
	/** Whether the body is known whole: not while it comes in, nor when it was cut off. */
	readonly whole: boolean;
	/** What the head says of the body's size: Content-Length, or how it is framed. */
	readonly length: string;
	/** All fields that a follow-up repeats but the per-call ones, sorted. */
	readonly headers: string;
	/** User-Agent; empty for none. */
	readonly agent: string;
	readonly connection: number;
	/** The per-call fields that it carries, each as `name: value`. */
	readonly calls: readonly string[];
	/** The per-call fields in the form in which two requests of one call agree. */
	readonly call: string;
	/** Of these, the ones in which they must agree: no client makes them anew for each attempt. */
	readonly key: string;
}

/** Makes the traits of a request, as far as it has come. `callFields` are names in lower case. */
export function traitsOf(exchange: Exchange, callFields: ReadonlySet<string>): Traits {
	const {request} = exchange;
	const lines: string[] = [];
	const calls: string[] = [];
	for (const [field, value] of request.headers) {
		const name = field.toLowerCase();
		if (callFields.has(name)) calls.push(`${name}: ${value}`);
		else if (!isMadeAnew(name)) lines.push(`${name}: ${value}`);
	}
	return {
		exchange,
		...urlTraits(request.url),
		method: request.method,
		body: bodyTrait(exchange),
		whole: request.body.complete,
		length: headerValue(request.headers, 'Content-Length') ?? request.framing,
		headers: lines.sort().join('\n'),
		agent: headerValue(request.headers, 'User-Agent') ?? '',
		connection: exchange.connection.number,
		calls: calls.sort(),
		call: calls.map(agreement).join('\n'),
		key: calls.filter(isKey).join('\n'),
	};
}

function bodyTrait({number, request: {body}}: Exchange): string {
	if (!body.complete) return `cut ${number}`;
	return body.size === 0 ? '' : body.sha256;
}

/** The parts of a URL that requests are compared by. */
export function urlTraits(url: string): Pick<Traits, 'url' | 'address' | 'path' | 'query'> {
	const parts = splitOrigin(url);
	const target = (parts?.rest ?? url).replace(/#[\s\S]*$/, '');
	const mark = target.indexOf('?');
	const path = (mark < 0 ? target : target.slice(0, mark)) || '/';
	const query = mark < 0 ? '' : target.slice(mark);
	const address = (parts?.origin ?? '') + path;
	return {url: address + query, address, path, query};
}

/** Whether a per-call field, as a line of `calls`, is one that no client makes anew for each attempt. */
export function isKey(line: string): boolean {
	return !attemptFields.has(line.slice(0, line.indexOf(':')));
}

/** An instrumented client makes a span for each hop: of a traceparent only the trace agrees (W3C Trace Context, 3.2). */
function agreement(line: string): string {
	return line.startsWith('traceparent: ') ? line.split('-').slice(0, 2).join('-') : line;
}
