import {knownMethods} from '../../http/methods.ts';
import {originOf} from '../../http/origin.ts';
import {parseRequest} from '../../scenario/request-line.ts';
import type {RequestMatcher} from '../../scenario/types.ts';
import {isObject, type JsonObject, listAt, numberAt, objectAt, textAt} from '../unknown-json.ts';
import {escaped, valueMatcher, wholePattern} from './matchers.ts';
import {noEquivalent, type StubNotes} from './stub.ts';
import {type StubUrl, stubUrl} from './stub-url.ts';

/** What a stub takes, as a route has it. */
export interface StubRequest {
	readonly matcher: RequestMatcher;
	readonly url: StubUrl;
	/** Whether the route takes requests that the stub does not. */
	readonly looser: boolean;
}

/**
 * Reads `request` of a stub mapping. What has no equivalent is noted; undefined when no route can be made.
 *
 * @param origin of stubs that name none
 */
export function stubRequest(
	request: JsonObject,
	origin: string | undefined,
	notes: StubNotes,
): StubRequest | undefined {
	const method = methodsOf(request['method'], notes);
	const url = stubUrl(request, notes);
	const base = originOfStub(request, notes) ?? origin;
	if (method === undefined || url === undefined || base === undefined) return undefined;
	const whole = `${base}${url.path}${url.query}`;
	const read = parseRequest(method, whole);
	if ('faults' in read) {
		notes.add(
			'request',
			`no route can be made of it, so the mapping was left out: ${read.faults.join('; ')}`,
		);
		return undefined;
	}
	const conditions = new Conditions(notes);
	const headers = conditions.named(request, 'headers');
	const query = conditions.named(request, 'queryParameters');
	const body = conditions.body(listAt(request, 'bodyPatterns'));
	conditions.loseOthers(request);
	const matcher: RequestMatcher = {
		method,
		url: whole,
		...(Object.keys(headers).length > 0 && {headers}),
		...(Object.keys(query).length > 0 && {query}),
		...body,
	};
	return {matcher, url, looser: url.looser || conditions.lost};
}

function methodsOf(method: unknown, notes: StubNotes): string | undefined {
	if (method === undefined || method === 'ANY') return '*';
	const several = isObject(method) ? listAt(method, 'oneOf') : [method];
	const names = [...new Set(several.map(String))];
	if (names.length > 0 && names.every(name => knownMethods.includes(name))) return names.join('|');
	notes.add(
		'request.method',
		`${JSON.stringify(method)} ${noEquivalent}, so the mapping was left out`,
	);
	return undefined;
}

/** Text in older versions, a matcher in newer ones. */
function originOfStub(request: JsonObject, notes: StubNotes): string | undefined {
	const {host} = request;
	if (host === undefined) return undefined;
	const name = isObject(host) ? textAt(host, 'equalTo') : host;
	const port = numberAt(request, 'port');
	const scheme = textAt(request, 'scheme') ?? 'https';
	const origin = originOf(`${scheme}://${String(name)}${port === undefined ? '' : `:${port}`}`);
	if (typeof name !== 'string' || origin === undefined)
		notes.add(
			'request.host',
			`${JSON.stringify(host)} ${noEquivalent}, so the route has the origin of the others`,
		);
	return typeof name === 'string' ? origin : undefined;
}

const known = new Set(
	'method url urlPath urlPathTemplate urlPathPattern urlPattern host port scheme headers queryParameters bodyPatterns'.split(
		' ',
	),
);

/** Converts conditions, and keeps in mind whether one was lost. */
class Conditions {
	readonly #notes: StubNotes;
	lost = false;

	constructor(notes: StubNotes) {
		this.#notes = notes;
	}

	named(request: JsonObject, member: string): NonNullable<RequestMatcher['headers']> {
		const matchers = Object.entries(objectAt(request, member)).flatMap(([name, pattern]) => {
			const converted = valueMatcher(pattern);
			if ('value' in converted) return [[name, converted.value] as const];
			this.#lose(`request.${member}.${name}`, converted.lost);
			return [];
		});
		return Object.fromEntries(matchers);
	}

	body(patterns: readonly unknown[]): Pick<RequestMatcher, 'json' | 'text'> {
		let body: Pick<RequestMatcher, 'json' | 'text'> = {};
		for (const [index, pattern] of patterns.entries()) {
			const place = `request.bodyPatterns[${index}]`;
			const converted = isObject(pattern) ? this.#bodyPattern(pattern, place) : undefined;
			const [member] = Object.keys(converted ?? {});
			if (converted === undefined || member === undefined)
				this.#lose(
					place,
					`the matcher "${Object.keys(Object(pattern)).join(', ')}" ${noEquivalent}`,
				);
			else if (member in body) this.#lose(place, `a second condition of this kind ${noEquivalent}`);
			else body = {...body, ...converted};
		}
		return body;
	}

	#bodyPattern(
		pattern: JsonObject,
		place: string,
	): Pick<RequestMatcher, 'json' | 'text'> | undefined {
		const {equalToJson, equalTo, contains, matches, ignoreExtraElements} = pattern;
		if (equalToJson !== undefined) {
			const json = asJson(equalToJson);
			if (json === undefined || JSON.stringify(json.value).includes('${json-unit'))
				return undefined;
			if (ignoreExtraElements !== true) {
				this.lost = true;
				this.#notes.add(
					place,
					'a body with more members is taken, too: "json" asks for what must be there',
				);
			}
			return {json: json.value};
		}
		if (typeof equalTo === 'string') return {text: equalTo};
		if (typeof contains === 'string') return {text: {pattern: escaped(contains)}};
		if (typeof matches !== 'string') return undefined;
		const converted = wholePattern(matches);
		return 'value' in converted ? {text: converted.value} : undefined;
	}

	/** Conditions of other kinds, such as cookies and forms. */
	loseOthers(request: JsonObject): void {
		for (const member of Object.keys(request))
			if (!known.has(member)) this.#lose(`request.${member}`, noEquivalent);
	}

	#lose(place: string, why: string): void {
		this.lost = true;
		this.#notes.add(place, `${why}; the route takes requests whatever they have there`);
	}
}

function asJson(value: unknown): {value: unknown} | undefined {
	if (typeof value !== 'string') return {value};
	try {
		return {value: JSON.parse(value)};
	} catch {
		return undefined;
	}
}
