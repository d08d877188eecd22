import type {IncomingMessage} from 'node:http';
import type {Http2ServerRequest} from 'node:http2';
import {withoutToken} from '../http/hop-token.ts';
import {Memo} from '../http/memo.ts';
import type {RequestHead} from '../journal/recording.ts';
import {reachedAt} from './reached-at.ts';
import {type RequestFields, requestFieldsOf} from './request-fields.ts';
import {documentedUrl} from './target-forms.ts';

/** A request of either protocol, as Node hands it over. */
export type AnyRequest = IncomingMessage | Http2ServerRequest;

/** What a request names as its connection: the socket it came on, or its stream of HTTP/2. */
export function carrierOf(request: AnyRequest): object {
	return isHttp2(request) ? request.stream : request.socket;
}

/** The header fields of a request; the pseudo-header fields of HTTP/2 are none of them. */
export function fieldsOf(req: AnyRequest): RequestFields {
	return requestFieldsOf(isHttp2(req) ? regularOf(req.rawHeaders) : req.rawHeaders);
}

/** A request-target, and what it says. */
interface Target {
	readonly target: string;
	readonly url: string;
	readonly token: string | undefined;
}

/** Reads the heads of the requests that come for an origin. */
export class RequestHeads {
	readonly #origin: string;
	readonly #targets = new Memo<Target>();

	constructor(origin: string) {
		this.#origin = origin;
	}

	/**
	 * What is known of a request when its head has arrived.
	 *
	 * @param local the address of the origin's listener; undefined where it has none
	 */
	of(req: AnyRequest, fields: RequestFields, local: string | undefined): RequestHead {
		const {method = ''} = req;
		const {target, url, token} = this.#targetOf(req, local);
		const head = {
			method,
			target,
			url,
			origin: this.#origin,
			headers: fields.lines,
			httpVersion: req.httpVersion,
			framing: fields.framing,
			...(token !== undefined && {hopToken: token}),
		};
		return isHttp2(req) ? {...head, ...http2Head(req, fields)} : head;
	}

	/** A path says the same whatever the method is, and whichever address the origin has. */
	#targetOf(req: AnyRequest, local: string | undefined): Target {
		const {url: sent = '', method} = req;
		if (sent.startsWith('/')) return this.#targets.get(sent, () => this.#read(sent, method, []));
		if (local === undefined) return this.#read(sent, method, []);
		return this.#read(sent, method, isHttp2(req) ? [local] : reachedAt(local, req.socket));
	}

	#read(sent: string, method: string | undefined, locals: readonly string[]): Target {
		const {target, token} = withoutToken(sent);
		const here = {origin: this.#origin, locals};
		return {target: sent, url: documentedUrl(target, method, here), token};
	}
}

function http2Head(
	{stream, rawHeaders}: Http2ServerRequest,
	{framing}: RequestFields,
): Pick<RequestHead, 'framing' | 'http2'> {
	const pseudoHeaders = requestFieldsOf(pseudoOf(rawHeaders)).lines;
	const framed = framing === 'content-length' ? framing : 'frames';
	return {
		framing: stream.endAfterHeaders ? 'none' : framed,
		http2: Object.freeze({stream: stream.id ?? 0, pseudoHeaders}),
	};
}

/** Of Node's flat list, the names that are fields, with their values. */
function regularOf(raw: readonly string[]): readonly string[] {
	return raw.filter((_, index) => !isPseudo(raw, index));
}

function pseudoOf(raw: readonly string[]): readonly string[] {
	return raw.filter((_, index) => isPseudo(raw, index));
}

function isPseudo(raw: readonly string[], index: number): boolean {
	return raw[index - (index % 2)]?.startsWith(':') === true;
}

/** Whether a request came on HTTP/2. */
export function isHttp2(request: AnyRequest): request is Http2ServerRequest {
	return 'stream' in request;
}
