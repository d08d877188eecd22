import {Readable} from 'node:stream';
import {TextDecoder} from 'node:util';
import {parse} from 'content-type';
import type {JSONSchema} from 'json-schema-to-ts';
import {FollowthroughError} from '../errors.ts';
import {headerValue} from '../http/header-lines.ts';
import {printable} from '../http/printable.ts';
import {maskedText, maskedUrl} from '../http/secrets.ts';
import {bodyLost, bodyNotKept} from './body-errors.ts';
import {emptyDigest} from './body-writer.ts';
import {firstDifference} from './compare-content.ts';
import {
	type Content,
	keptSize,
	noContent,
	peekContent,
	readContent,
	streamContent,
} from './content.ts';
import type {ReadBody} from './read-body.ts';
import type {ByteRange, FitsSchema, RecordedBody} from './recorded-body.ts';
import type {RequestHead} from './recording.ts';
import {areEqualLines} from './shared-parts.ts';

/** Checks data against a JSON Schema and lists every fault in words; an empty list for none. */
export type CheckJson = (schema: JSONSchema, data: unknown) => Promise<readonly string[]>;

/** What a body belongs to, and how its JSON is checked. */
export interface BodySetting {
	/** Looked into when it is asked for: most bodies are never read. */
	readonly request: Pick<RequestHead, 'method' | 'url' | 'headers'>;
	readonly checkJson: CheckJson;
}

/** The body of a recorded request, over the content that the store keeps for it. */
export class StoredBody implements RecordedBody {
	readonly size: number;
	readonly kept: number;
	readonly notKept: RecordedBody['notKept'];
	readonly sha256: string;
	readonly complete: boolean;
	readonly #content: Content;
	readonly #setting: BodySetting;
	/** Bodies of gigabytes take seconds to compare, and a verdict asks more than once; most are never asked. */
	#differences: WeakMap<RecordedBody, number> | undefined;

	constructor(read: ReadBody, setting: BodySetting) {
		this.#content = read.content;
		this.#setting = setting;
		this.size = read.content.size;
		this.kept = keptSize(read.content);
		this.notKept = read.content.lost?.why;
		this.sha256 = read.sha256;
		this.complete = read.complete;
		Object.freeze(this);
	}

	/** Whether this is the body that would be made of the same. */
	isOf(read: ReadBody, {method, url, headers}: BodySetting['request']): boolean {
		const {request} = this.#setting;
		return (
			this.#content === read.content &&
			this.complete === read.complete &&
			request.method === method &&
			request.url === url &&
			areEqualLines(request.headers, headers)
		);
	}

	preview(limit = 200): Uint8Array {
		return peekContent(this.#content, limit);
	}

	firstDifference(other: RecordedBody): number | undefined {
		if (this.sha256 === other.sha256) return undefined;
		this.#differences ??= new WeakMap();
		const found = this.#differences.get(other) ?? this.#findDifference(other);
		if (found !== undefined) this.#differences.set(other, found);
		return found;
	}

	async bytes(): Promise<Uint8Array> {
		this.#wantWhole();
		try {
			return await readContent(this.#content);
		} catch (cause) {
			throw this.#failed(cause);
		}
	}

	async text(): Promise<string> {
		const bytes = await this.bytes();
		const decoder = this.#decoder();
		try {
			return decoder.decode(bytes);
		} catch (cause) {
			throw this.#unreadable(tooLarge('text'), cause);
		}
	}

	json(): Promise<unknown>;
	json<const Schema extends JSONSchema>(schema: Schema): Promise<FitsSchema<Schema>>;
	async json(schema?: JSONSchema): Promise<unknown> {
		const text = await this.text();
		const data = this.#parseJson(text);
		const faults = schema === undefined ? [] : await this.#setting.checkJson(schema, data);
		if (faults.length === 0) return data;
		throw this.#unreadable(['does not fit the schema:', ...faults.map(f => `  ${f}`)].join('\n'));
	}

	async form(): Promise<FormData> {
		const contentType = this.#contentType();
		if (contentType === undefined)
			throw this.#unreadable('is no form: the request has no Content-Type.');
		const bytes = await this.bytes();
		try {
			return await new Response(bytes, {headers: {'Content-Type': contentType}}).formData();
		} catch (cause) {
			const shown = `Content-Type is "${printable(contentType)}"; the body begins ${this.#excerpt()}.`;
			throw this.#unreadable(`can't be read as a form. ${shown}`, cause);
		}
	}

	stream({start = 0, end = Number.POSITIVE_INFINITY}: ByteRange = {}): Readable {
		if (!isOffset(start) || !(isOffset(end) || end === Number.POSITIVE_INFINITY) || end < start - 1)
			throw new FollowthroughError(
				'OPTION_INVALID',
				`A range is {start, end}: whole numbers from 0, the end not before the start; ${start} and ${end} were given.`,
			);
		return Readable.from(this.#pieces(start, Math.min(this.size, end + 1)), {objectMode: false});
	}

	/** The bytes from `start` up to `end`. */
	async *#pieces(start: number, end: number): AsyncGenerator<Uint8Array, void, undefined> {
		if (end > this.kept) throw this.#notWhole();
		try {
			yield* streamContent(this.#content, start, end);
		} catch (cause) {
			throw this.#failed(cause);
		}
	}

	#findDifference(other: RecordedBody): number | undefined {
		const theirs = other instanceof StoredBody ? other.#content : inMemory(other);
		let found: ReturnType<typeof firstDifference>;
		try {
			found = firstDifference(this.#content, theirs);
		} catch (cause) {
			throw this.#failed(cause);
		}
		if (found !== 'unknown') return found;
		const owner = this.notKept === undefined && other instanceof StoredBody ? other : this;
		const compared = Math.min(this.kept, other.kept);
		throw owner.#notWhole(
			`They differ behind the first ${compared} bytes, which are all there is to compare.`,
		);
	}

	#decoder(): TextDecoder {
		const contentType = this.#contentType();
		const charset =
			contentType === undefined ? undefined : parse(contentType).parameters['charset'];
		try {
			return new TextDecoder(charset ?? 'utf-8');
		} catch (cause) {
			throw this.#unreadable(`has the charset "${printable(charset ?? '')}", unknown here.`, cause);
		}
	}

	#parseJson(text: string): unknown {
		try {
			return JSON.parse(text);
		} catch {
			// The parser's own error quotes the body, secrets and all: it does not go along as the cause.
			throw this.#unreadable(
				this.size === 0 ? 'is empty, not JSON.' : `is no JSON; it begins ${this.#excerpt()}.`,
			);
		}
	}

	#excerpt(): string {
		// One character for each byte, so that what is printed are the bytes that came.
		return `"${printable(maskedText(Buffer.from(this.preview(80)).toString('latin1')))}"`;
	}

	#contentType(): string | undefined {
		return headerValue(this.#setting.request.headers, 'Content-Type');
	}

	/** Such as `POST https://api.example.test/users`; secrets are masked. */
	#owner(): string {
		const {method, url} = this.#setting.request;
		return `${method} ${maskedUrl(url)}`;
	}

	#unreadable(what: string, cause?: unknown): FollowthroughError {
		const cut = this.complete ? '' : ' It was cut off before its end.';
		return new FollowthroughError('BODY_UNREADABLE', `The body of ${this.#owner()} ${what}${cut}`, {
			cause,
		});
	}

	#wantWhole(): void {
		if (this.kept < this.size) throw this.#notWhole();
	}

	#notWhole(consequence?: string): FollowthroughError {
		return bodyNotKept(this.#owner(), this.#content, consequence);
	}

	/** The kept bytes can't be had. */
	#failed(cause: unknown): FollowthroughError {
		if (cause instanceof RangeError) return this.#unreadable(tooLarge('a buffer'), cause);
		return bodyLost(this.#owner(), this.#content, cause);
	}
}

function isOffset(offset: number): boolean {
	return Number.isSafeInteger(offset) && offset >= 0;
}

function tooLarge(what: string): string {
	return `is too large for ${what}: use body.stream().`;
}

function inMemory(body: RecordedBody): Content {
	return {kind: 'memory', bytes: Buffer.from(body.preview(body.kept)), size: body.size};
}

/** The body of a request of which nothing has come yet. */
export const nothingRead: ReadBody = Object.freeze({
	content: noContent,
	sha256: emptyDigest,
	complete: false,
});
