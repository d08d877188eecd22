import {originOf, splitOrigin} from '../http/origin.ts';
import {parseMethods} from './methods.ts';
import {type PathParameter, parsePathPattern} from './path-pattern.ts';

/** A request line of a scenario, read. */
export interface RequestLine {
	/** As written, such as `PUT|PATCH https://api.example.test/uploads/:id`. */
	readonly label: string;
	/** The methods in order; absent for `*`. */
	readonly methods?: readonly string[];
	/** The canonical origin, such as `https://api.example.test`. */
	readonly origin: string;
	/** The path in the syntax of path-to-regexp 8; `/` when the URL has none. */
	readonly path: string;
	/** The path's regular expression as text. */
	readonly shape: string;
	/** The path's parameters in order. */
	readonly parameters: readonly PathParameter[];
	/** Name and decoded value of each parameter of the URL's query, in order. */
	readonly query: readonly (readonly [name: string, value: string])[];
}

/** All that is wrong with a request line. */
export interface RequestLineFaults {
	readonly faults: readonly string[];
}

/**
 * Reads `METHODS URL`, such as `PUT|PATCH https://api.example.test/uploads/:id?part=1`. The URL is
 * absolute; what stands behind its `?` is a condition on the query.
 */
export function parseRequestLine(line: string): RequestLine | RequestLineFaults {
	const words = line.trim().split(/\s+/);
	const [methods = '', url] = words;
	if (url === undefined) return {faults: [incomplete(methods)]};
	if (words.length > 2) return {faults: [wordCount(line)]};
	return parseRequest(methods, url);
}

/** Reads the two halves of a request line, as the object form of a request gives them. */
export function parseRequest(methods: string, url: string): RequestLine | RequestLineFaults {
	const read = parseMethods(methods);
	const parts = splitUrl(url);
	if ('faults' in parts) return {faults: [...read.faults, ...parts.faults]};
	const pattern = parsePathPattern(parts.path);
	const faults = [...read.faults, ...pattern.faults];
	if (faults.length > 0) return {faults};
	return {
		label: `${methods} ${url}`,
		...(read.methods && {methods: read.methods}),
		origin: parts.origin,
		path: parts.path,
		shape: pattern.shape,
		parameters: pattern.parameters,
		query: [...new URLSearchParams(parts.query)],
	};
}

/** A request that a client is asked to send: one method, and a URL that is no pattern. */
export interface CallLine {
	readonly method: string;
	/** The absolute URL as written. */
	readonly url: string;
	readonly origin: string;
	/** The path as it goes over the wire, without the query. */
	readonly path: string;
	/** The query without its `?`; empty when there is none. */
	readonly query: string;
}

/** Reads the request line of a call, `METHOD URL`. */
export function parseCallLine(line: string): CallLine | RequestLineFaults {
	const words = line.trim().split(/\s+/);
	const [method = '', url] = words;
	if (url === undefined) return {faults: [incomplete(method)]};
	if (words.length > 2) return {faults: [wordCount(line)]};
	const read = parseMethods(method);
	const parts = splitUrl(url);
	const faults = [...(read.methods?.length === 1 ? read.faults : [severalMethods(method)])];
	if ('faults' in parts) return {faults: [...faults, ...parts.faults]};
	return faults.length > 0 ? {faults} : {method, url, ...parts};
}

function severalMethods(methods: string): string {
	return `a call is sent with one method: expected such as "POST", found "${methods}"`;
}

function wordCount(line: string): string {
	return `expected "METHODS URL", several methods as "PUT|PATCH"; found "${line}"`;
}

function incomplete(word: string): string {
	if (word === '') return 'expected "METHODS URL", such as "POST https://api.example.test/users"';
	return word.includes('/')
		? `the method is missing before the URL: write "POST ${word}", or "* ${word}" for any`
		: `the URL is missing after the method: write "${word} https://api.example.test/users"`;
}

function splitUrl(url: string): {origin: string; path: string; query: string} | RequestLineFaults {
	const parts = splitOrigin(url);
	if (parts === undefined) return {faults: [notAbsolute(url)]};
	const {origin, authority, rest} = parts;
	const questionMark = rest.indexOf('?');
	const path = questionMark < 0 ? rest : rest.slice(0, questionMark);
	const query = questionMark < 0 ? '' : rest.slice(questionMark + 1);
	const faults = [
		...hostFaults(origin),
		...(authority.includes('@') ? [userinfo] : []),
		...(rest.includes('#') ? [fragment] : []),
		...(questionMark >= 0 && /^(?:$|\/)/.test(query) ? [optionalMark] : []),
		...(/^[^/?#]/.test(rest) ? [`the path "${path}" does not begin with "/"`] : []),
	];
	return faults.length > 0 ? {faults} : {origin, path: path || '/', query};
}

const userinfo = 'a user name or password has no place in the URL; match an Authorization header';
const fragment = 'a fragment ("#…") is never sent to a server; leave it out';
const optionalMark =
	'a "?" begins the query, and there is none; an optional part of a path stands in braces, such as "{/:id}"';

/** Says why a text is no absolute http or https URL. */
function notAbsolute(url: string): string {
	const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(url)?.[1];
	if (scheme !== undefined && !/^https?$/i.test(scheme)) {
		return `the scheme "${scheme}" is not served; write http or https`;
	}
	if (scheme !== undefined) return `"${url}" names no host; write a URL such as ${example}`;
	return `"${url}" is not absolute; write the documented URL, such as ${example}`;
}

const example = '"https://api.example.test/users"';

function hostFaults(origin: string): string[] {
	const host = origin.slice(origin.indexOf('//') + 2);
	const plain = /^(?:\[[\da-f:.]+\]|[a-z0-9._-]+)(?::\d+)?$/.test(host) && URL.canParse(origin);
	if (plain) return [];
	const port = Number(/:(\d+)$/.exec(host)?.[1] ?? 0);
	if (port > 65_535) return [`the port ${port} is out of range: expected 65535 at most`];
	const international = URL.canParse(origin) && /[^\x20-\x7e]/.test(host);
	const advice = international ? `; write "${originOf(new URL(origin).href)}"` : '';
	return [`"${host}" is no host name${advice}`];
}
