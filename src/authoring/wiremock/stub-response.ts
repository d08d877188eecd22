import type {PathParameter} from '../../scenario/path-pattern.ts';
import {forbidsBody} from '../../scenario/status.ts';
import {escapeLocation, escapeTemplate} from '../../scenario/template.ts';
import type {ResponseInput} from '../../scenario/types.ts';
import {bodyMembers} from '../body-members.ts';
import type {DocumentedBody} from '../documented-exchange.ts';
import {isObject, type JsonObject, listAt, numberAt, objectAt, textAt} from '../unknown-json.ts';
import {noEquivalent, type StubNotes} from './stub.ts';
import type {StubUrl} from './stub-url.ts';

/** Reads a file that a body is kept in; undefined when it is not there. */
export type ReadBody = (name: string) => Uint8Array | undefined;

/** What a stub answers, as a route has it. What has no equivalent is noted. */
export function stubResponse(
	response: JsonObject,
	url: StubUrl,
	readBody: ReadBody,
	notes: StubNotes,
): ResponseInput {
	for (const member of Object.keys(response))
		if (!known.has(member)) notes.add(`response.${member}`, `${noEquivalent}, and was left out`);
	const delay = delayOf(response, notes);
	const fault = faultOf(response, notes);
	if (fault !== undefined) return {fault, ...delay};
	const status = statusOf(response, notes);
	const texts = new Texts(response, url, notes);
	const body = forbidsBody(Number.parseInt(String(status), 10))
		? undefined
		: bodyOf(response, readBody, notes);
	const headers = headersOf(response, texts, notes);
	const type = Object.entries(headers).find(([name]) => /^content-type$/i.test(name))?.[1];
	const {members, standsInFor} = bodyMembers(body, typeof type === 'string' ? type : undefined);
	if (standsInFor !== undefined)
		notes.add(
			'response',
			`its body of ${standsInFor} bytes is too large for a file that people read: one of that size, of "x", stands in its place`,
		);
	const {json, text} = members;
	return {
		status,
		...(Object.keys(headers).length > 0 && {headers}),
		...members,
		...(text !== undefined && {text: texts.write(text, 'response.body')}),
		...(json !== undefined && {json: texts.writeJson(json)}),
		...delay,
	};
}

const known = new Set(
	'status statusMessage headers body jsonBody base64Body bodyFileName fixedDelayMilliseconds delayDistribution fault transformers transformerParameters fromConfiguredStub'.split(
		' ',
	),
);

function statusOf(response: JsonObject, notes: StubNotes): number | string {
	const status = numberAt(response, 'status') ?? 200;
	const reason = textAt(response, 'statusMessage') ?? '';
	const isFinal = Number.isInteger(status) && status >= 200 && status <= 599;
	if (!isFinal)
		notes.add(
			'response.status',
			`${status} is no status of a final response; 200 stands in its place`,
		);
	const code = isFinal ? status : 200;
	return /^[\t\x20-\x7e]+$/.test(reason) ? `${code} ${reason}` : code;
}

function delayOf(response: JsonObject, notes: StubNotes): {delay?: number} {
	const distribution = objectAt(response, 'delayDistribution');
	const isFixed = textAt(distribution, 'type') === 'fixed';
	if (Object.keys(distribution).length > 0 && !isFixed)
		notes.add(
			'response.delayDistribution',
			`a delay that varies ${noEquivalent}, and was left out`,
		);
	const fixed = isFixed ? numberAt(distribution, 'milliseconds') : undefined;
	const delay = numberAt(response, 'fixedDelayMilliseconds') ?? fixed ?? 0;
	return delay > 0 ? {delay: Math.min(delay, 600_000)} : {};
}

function faultOf({fault}: JsonObject, notes: StubNotes): ResponseInput['fault'] {
	switch (fault) {
		case undefined:
		case null:
			return undefined;
		case 'CONNECTION_RESET_BY_PEER':
			return 'reset-before-head';
		case 'RANDOM_DATA_THEN_CLOSE':
			return {garbage: 'lskdu018973t09sylgasjkfg1]]sdlv'};
		case 'MALFORMED_RESPONSE_CHUNK':
			return {garbage: 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nno chunk at all'};
		default:
			notes.add(
				'response.fault',
				`${JSON.stringify(fault)} ${noEquivalent}: the connection is reset in its place`,
			);
			return 'reset-before-head';
	}
}

function bodyOf(
	response: JsonObject,
	readBody: ReadBody,
	notes: StubNotes,
): DocumentedBody | undefined {
	const {jsonBody} = response;
	const [text, base64, file] = ['body', 'base64Body', 'bodyFileName'].map(name =>
		textAt(response, name),
	);
	if (jsonBody !== undefined) return {text: JSON.stringify(jsonBody)};
	if (base64 !== undefined) return {base64};
	if (text !== undefined) return {text};
	if (file === undefined) return undefined;
	const bytes = readBody(file);
	if (bytes === undefined)
		notes.add(
			'response.bodyFileName',
			`"${file}" was not found in a folder "__files" beside the mappings, so the response has no body`,
		);
	return bytes && {base64: Buffer.from(bytes).toString('base64')};
}

function headersOf(
	response: JsonObject,
	texts: Texts,
	notes: StubNotes,
): Record<string, string | string[]> {
	const framing = /^(?:content-length|transfer-encoding)$/i;
	const fields = Object.entries(objectAt(response, 'headers')).flatMap(([name, value]) => {
		if (framing.test(name)) {
			notes.add(`response.headers.${name}`, 'left out: the double frames its messages itself');
			return [];
		}
		const place = `response.headers.${name}`;
		const write = (each: unknown) => texts.write(String(each), place, /^location$/i.test(name));
		return [[name, Array.isArray(value) ? value.map(write) : write(value)] as const];
	});
	return Object.fromEntries(fields);
}

/** Texts of a response, in which a template may name parts of the request's path. */
class Texts {
	readonly #templated: boolean;
	readonly #url: StubUrl;
	readonly #parameters: readonly PathParameter[];
	readonly #notes: StubNotes;

	constructor(response: JsonObject, url: StubUrl, notes: StubNotes) {
		const transformers = listAt(response, 'transformers');
		this.#templated = transformers.includes('response-template');
		this.#url = url;
		this.#parameters = [...url.path.matchAll(/(?<!\\)([:*])(\w+)/g)].map(([, sign, name = '']) => ({
			name,
			wildcard: sign === '*',
		}));
		this.#notes = notes;
		for (const name of transformers)
			if (name !== 'response-template')
				notes.add('response.transformers', `"${String(name)}" ${noEquivalent}`);
	}

	write(text: string, place: string, isLocation = false): string {
		const plain = isLocation ? escapeLocation : escapeTemplate;
		if (!this.#templated) return plain(text, this.#parameters);
		return text
			.split(/(\{\{\{?[^}]*\}?\}\})/)
			.map((part, index) =>
				index % 2 === 0 ? plain(part, this.#parameters) : this.#fill(part, place),
			)
			.join('');
	}

	writeJson(value: unknown): unknown {
		if (typeof value === 'string') return this.write(value, 'response.jsonBody');
		if (Array.isArray(value)) return value.map(each => this.writeJson(each));
		if (!isObject(value)) return value;
		return Object.fromEntries(
			Object.entries(value).map(([name, each]) => [name, this.writeJson(each)]),
		);
	}

	#fill(template: string, place: string): string {
		const inner = template.replace(/^\{\{\{?|\}?\}\}$/g, '').trim();
		const [, segment, name] =
			/^request\.(?:path|pathSegments)\.(?:\[(\d+)\]|(\w+))$/.exec(inner) ?? [];
		const known = [...this.#url.segments.values()];
		const parameter = segment === undefined ? name : this.#url.segments.get(Number(segment));
		if (parameter !== undefined && known.includes(parameter)) return `:${parameter}`;
		this.#notes.add(place, `the template ${template} ${noEquivalent}, and stands as it is written`);
		return template;
	}
}
