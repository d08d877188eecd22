import {attemptFields, isMadeAnew} from '../http/field-kinds.ts';
import {type HeaderLines, headerValue} from '../http/header-lines.ts';
import {splitOrigin} from '../http/origin.ts';
import {asksForLeave} from '../http/preflight.ts';
import {Recent} from '../http/recent.ts';
import type {Exchange, RecordedRequest} from './exchange.ts';
import type {RecordedBody} from './recorded-body.ts';

/** Has keys in each tier; of what came more than once, they are kept by the tier's place. */
export interface Keyed {
	keys: (readonly string[] | undefined)[] | undefined;
}

/** What a request is weighed by: comparable texts, which equal requests share. */
export interface Traits extends UrlTraits, HeadTraits, Keyed {
	readonly method: string;
	/** SHA-256 of the body; empty for an empty body. Of one that is not whole, a text like no other. */
	readonly body: string;
	/** Whether the body is known whole: not while it comes in, nor when it was cut off. */
	readonly whole: boolean;
	/** What the head says of the body's size: Content-Length, or how it is framed. */
	readonly length: string;
}

/** The parts of a URL that requests are compared by. */
export interface UrlTraits {
	/** Canonical origin, path and query; no fragment, no hop token. */
	readonly url: string;
	/** Origin and path, without the query. */
	readonly address: string;
	/** Path without query. */
	readonly path: string;
	/** Query with its `?`; empty for none. */
	readonly query: string;
}

/** What is compared of the header lines. */
interface HeadTraits {
	/** All fields that a follow-up repeats but the per-call ones, sorted. */
	readonly headers: string;
	/** User-Agent; empty for none. */
	readonly agent: string;
	/** Whether the fields are those of a CORS-preflight request. */
	readonly asksForLeave: boolean;
	/** The per-call fields that it carries, each as `name: value`. */
	readonly calls: readonly string[];
	/** The per-call fields in the form in which two requests of one call agree. */
	readonly call: string;
	/** Of these, the ones in which they must agree: no client makes them anew for each attempt. */
	readonly key: string;
}

/** Header lines that were looked at. */
interface KnownHead {
	readonly traits: HeadTraits;
	/** Content-Length; undefined for none. */
	readonly length: string | undefined;
}

/** A request that was looked at. */
interface Seen {
	readonly request: RecordedRequest;
	readonly traits: Traits;
}

/** Makes the traits of requests; those of requests that were alike lately are there already. */
export class TraitsReader {
	readonly #callFields = new Set<string>();
	#heads = new Recent<HeaderLines, KnownHead>();
	/** By their bodies, of which equal requests share one; few, as they may hold much. */
	#known = new Recent<RecordedBody, Seen>(64);

	/** @param callFields names of per-call fields */
	constructor(callFields: readonly string[]) {
		this.addCallFields(callFields);
	}

	/** More of them, from now on. */
	addCallFields(names: readonly string[]): void {
		const before = this.#callFields.size;
		for (const name of names) this.#callFields.add(name.toLowerCase());
		if (this.#callFields.size === before) return;
		this.#heads = new Recent();
		this.#known = new Recent(64);
	}

	/** The traits of a request, as far as it has come. */
	of({number, request}: Exchange): Traits {
		const {method, url, headers, framing} = request;
		const known = this.#known.get(request.body);
		if (known !== undefined && isAsSeen(request, known)) {
			known.traits.keys ??= [];
			return known.traits;
		}
		const head = this.#heads.get(headers) ?? this.#lookAt(headers);
		const {complete: whole, size, sha256} = request.body;
		const body = whole ? (size === 0 ? '' : sha256) : `cut ${number}`;
		const length = head.length ?? framing;
		const more = {method, body, whole, length, keys: undefined};
		const traits = {...urlTraits(url), ...head.traits, ...more};
		if (whole) this.#known.set(request.body, {request, traits});
		return traits;
	}

	#lookAt(headers: HeaderLines): KnownHead {
		const lines: string[] = [];
		const calls: string[] = [];
		for (const [field, value] of headers) {
			const name = field.toLowerCase();
			if (this.#callFields.has(name)) calls.push(`${name}: ${value}`);
			else if (!isMadeAnew(name)) lines.push(`${name}: ${value}`);
		}
		const traits = {
			headers: lines.sort().join('\n'),
			agent: headerValue(headers, 'User-Agent') ?? '',
			asksForLeave: asksForLeave(headers),
			calls: calls.sort(),
			call: calls.map(agreement).join('\n'),
			key: calls.filter(isKey).join('\n'),
		};
		const known = {traits, length: headerValue(headers, 'Content-Length')};
		this.#heads.set(headers, known);
		return known;
	}
}

function isAsSeen({method, url, headers, framing}: RecordedRequest, {request}: Seen): boolean {
	return (
		headers === request.headers &&
		url === request.url &&
		method === request.method &&
		framing === request.framing
	);
}

const knownUrls = new Recent<string, UrlTraits>();

/** The parts of a URL that requests are compared by. */
export function urlTraits(url: string): UrlTraits {
	const known = knownUrls.get(url);
	if (known !== undefined) return known;
	const parts = splitOrigin(url);
	const target = (parts?.rest ?? url).replace(/#[\s\S]*$/, '');
	const mark = target.indexOf('?');
	const path = (mark < 0 ? target : target.slice(0, mark)) || '/';
	const query = mark < 0 ? '' : target.slice(mark);
	const address = (parts?.origin ?? '') + path;
	const traits = {url: address + query, address, path, query};
	knownUrls.set(url, traits);
	return traits;
}

/** Whether a per-call field, as a line of `calls`, is one that no client makes anew for each attempt. */
export function isKey(line: string): boolean {
	return !attemptFields.has(line.slice(0, line.indexOf(':')));
}

/** An instrumented client makes a span for each hop: of a traceparent only the trace agrees (W3C Trace Context, 3.2). */
function agreement(line: string): string {
	return line.startsWith('traceparent: ') ? line.split('-').slice(0, 2).join('-') : line;
}
