import type {ServerResponse} from 'node:http';
import type {HeaderLines} from '../http/header-lines.ts';
import type {SentLocation} from '../journal/exchange.ts';
import type {CompiledResponse, PathParameters, ResponseBody} from '../scenario/compiled.ts';
import {frozenLines} from './request-fields.ts';

/** The head of a response in two forms: as it is recorded, and as Node takes it at once. */
interface Head {
	readonly lines: HeaderLines;
	/** Name, value or values, name, value or values. */
	readonly list: (string | string[])[];
}

interface Field {
	readonly name: string;
	readonly values: readonly string[];
}

/**
 * A response that can go out straight: whole and at once, in as few writes as Node has for it, past
 * the fields that Koa and Node keep for those who may still change a response. Its bytes are the same
 * as by way of Koa. Made once for a response that has no placeholders.
 */
export class StraightResponse {
	readonly status: number;
	/** The Location as documented; undefined when there is none. */
	readonly location: string | undefined;
	/** The size of the body in bytes. */
	readonly size: number;
	readonly #fields: readonly Field[];
	/** Small bodies go out as Latin-1, a character for each byte, with the head before them. */
	readonly #body: string | Uint8Array;
	readonly #heads = new WeakMap<SentLocation, Head>();
	#head: Head | undefined;

	private constructor({status}: CompiledResponse, fields: Field[], body: Uint8Array) {
		this.status = status;
		this.location = fields.find(isLocation)?.values[0];
		this.size = body.byteLength;
		this.#fields = [...fields, {name: 'Content-Length', values: [String(this.size)]}];
		this.#body = this.size <= textLimit ? Buffer.from(body).toString('latin1') : body;
	}

	/** For these parameters of the path; undefined for a response that has to go by way of Koa. */
	static of(response: CompiledResponse, parameters: PathParameters): StraightResponse | undefined {
		const lines = response.headers(parameters);
		const body = response.body(parameters);
		const before = latest.get(response);
		if (before?.lines === lines && before.body === body) return before.made;
		const made = StraightResponse.#made(response, lines, body);
		latest.set(response, {lines, body, made});
		return made;
	}

	static #made(
		response: CompiledResponse,
		lines: HeaderLines,
		{content, type}: ResponseBody,
	): StraightResponse | undefined {
		if ('file' in content || withoutContent.has(response.status)) return undefined;
		const fields = fieldsOf(lines);
		if (!fields.every(isPlain)) return undefined;
		const isTyped = fields.some(({name}) => name.toLowerCase() === 'content-type');
		if (!isTyped && type !== undefined) fields.push({name: 'Content-Type', values: [type]});
		return new StraightResponse(response, fields, content);
	}

	/**
	 * Fixes the head, with the Location in its sent form; nothing goes out yet.
	 *
	 * @returns its header lines, frozen
	 */
	writeHead(response: ServerResponse, location: SentLocation | undefined): HeaderLines {
		const {list, lines} = this.#headFor(location);
		response.writeHead(this.status, list);
		return lines;
	}

	/** Sends head and body. */
	end(response: ServerResponse): void {
		if (this.size === 0 || response.req.method === 'HEAD') response.end();
		else response.end(this.#body, 'latin1');
	}

	#headFor(location: SentLocation | undefined): Head {
		if (location === undefined) {
			this.#head ??= headOf(this.#fields);
			return this.#head;
		}
		const known = this.#heads.get(location);
		if (known !== undefined) return known;
		const {sent} = location;
		const head = headOf(this.#fields.map(f => (isLocation(f) ? {...f, values: [sent]} : f)));
		this.#heads.set(location, head);
		return head;
	}
}

/** What a response was last made of. One without placeholders always has the same lines and body. */
interface Made {
	readonly lines: HeaderLines;
	readonly body: ResponseBody;
	readonly made: StraightResponse | undefined;
}

const latest = new WeakMap<CompiledResponse, Made>();

/** Node writes text of this size to a connection without a copy of its own. */
const textLimit = 16_384;

/** Statuses of which Koa strips the fields of the content (RFC 9110, 15.3.5, 15.3.6 and 15.4.5). */
const withoutContent = new Set([204, 205, 304]);

/** Fields by which Node frames a message or ends its connection. */
const framing = new Set([
	...['connection', 'keep-alive', 'content-length', 'transfer-encoding', 'trailer', 'upgrade'],
]);

/** The lines of each field together; of names that differ in case alone, the last stands for all. */
function fieldsOf(lines: HeaderLines): Field[] {
	const byName = new Map<string, string[]>();
	for (const [name, value] of lines) byName.set(name, [...(byName.get(name) ?? []), value]);
	const fields = new Map<string, Field>();
	for (const [name, values] of byName) fields.set(name.toLowerCase(), {name, values});
	return [...fields.values()];
}

/** Whether a field goes out with no more ado: not if it frames the message, or Node refuses its characters. */
function isPlain(field: Field): boolean {
	if (framing.has(field.name.toLowerCase())) return false;
	if (isLocation(field) && field.values.length > 1) return false;
	return field.values.every(value => /^[\t\x20-\x7e\x80-\xff]*$/.test(value));
}

function isLocation({name}: Field): boolean {
	return name.toLowerCase() === 'location';
}

function headOf(fields: readonly Field[]): Head {
	return {
		lines: frozenLines(
			fields.flatMap(({name, values}) => values.map(value => [name, value] as const)),
		),
		list: fields.flatMap(({name, values}) => [name, onlyOrAll(values)]),
	};
}

function onlyOrAll(values: readonly string[]): string | string[] {
	const [first = '', ...more] = values;
	return more.length === 0 ? first : [first, ...more];
}
