import {Readable} from 'node:stream';
import {TextDecoder} from 'node:util';
import {parse} from 'content-type';
import type {JSONSchema} from 'json-schema-to-ts';
import {FollowthroughError} from '../errors.ts';
import {headerValue} from '../http/header-lines.ts';
import {printable} from '../http/printable.ts';
import {maskedText, maskedUrl} from '../http/secrets.ts';
import {emptyDigest} from './body-store.ts';
import {
	type Content,
	contentSize,
	firstDifference,
	noContent,
	peekContent,
	readContent,
	streamContent,
} from './content.ts';
import type {ReadBody} from './read-body.ts';
import type {FitsSchema, RecordedBody} from './recorded-body.ts';
import type {RequestHead} from './recording.ts';

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
	readonly sha256: string;
	readonly complete: boolean;
	readonly #content: Content;
	readonly #setting: BodySetting;

	constructor(read: ReadBody, setting: BodySetting) {
		this.#content = read.content;
		this.#setting = setting;
		this.size = contentSize(read.content);
		this.sha256 = read.sha256;
		this.complete = read.complete;
		Object.freeze(this);
	}

	preview(limit = 200): Uint8Array {
		return peekContent(this.#content, limit);
	}

	firstDifference(other: RecordedBody): number | undefined {
		if (this.sha256 === other.sha256) return undefined;
		if (other instanceof StoredBody)
			return this.#orGone(() => firstDifference(this.#content, other.#content));
		const bytes = Buffer.from(other.preview(other.size));
		return this.#orGone(() => firstDifference(this.#content, {kind: 'memory', bytes}));
	}

	async bytes(): Promise<Uint8Array> {
		try {
			return await readContent(this.#content);
		} catch (cause) {
			throw this.#gone(cause);
		}
	}

	async text(): Promise<string> {
		const bytes = await this.bytes();
		return this.#decoder().decode(bytes);
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

	stream(): Readable {
		return Readable.from(this.#pieces(), {objectMode: false});
	}

	async *#pieces(): AsyncGenerator<Uint8Array, void, undefined> {
		try {
			yield* streamContent(this.#content);
		} catch (cause) {
			throw this.#gone(cause);
		}
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

	#gone(cause: unknown): FollowthroughError {
		return new FollowthroughError(
			'BODY_GONE',
			`The body of ${this.#owner()} (${this.size} bytes) is gone: large bodies are kept in a temporary file, removed when the double is closed or reset, or when the journal drops the exchange. Read them before.`,
			{cause},
		);
	}

	#orGone<Result>(read: () => Result): Result {
		try {
			return read();
		} catch (cause) {
			throw this.#gone(cause);
		}
	}
}

/** The body of a request of which nothing has come yet. */
export const nothingRead: ReadBody = Object.freeze({
	content: noContent,
	sha256: emptyDigest,
	complete: false,
});
