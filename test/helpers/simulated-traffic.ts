import {createHash} from 'node:crypto';
import type {HeaderLine} from '../../src/http/header-lines.ts';
import {withoutToken, withToken} from '../../src/http/hop-token.ts';
import {resolveLocation} from '../../src/http/location.ts';
import type {Exchange} from '../../src/journal/exchange.ts';
import type {Recording} from '../../src/journal/recording.ts';
import {Records} from '../../src/journal/records.ts';
import {StoredBody} from '../../src/journal/stored-body.ts';

/** A request as a simulated client sends it. */
export interface SimulatedRequest {
	readonly method: string;
	readonly url: string;
	readonly headers: readonly HeaderLine[];
	/** The connection of a pool that it goes out on. */
	readonly connection: number;
}

/** A double without sockets: requests begin and end when the test says so. */
export class SimulatedDouble {
	readonly records: Records;
	readonly #routes: ReadonlyMap<string, string>;
	readonly #tagged: boolean;
	#tokens = 0;

	/** @param routes URL to the Location that it is redirected to, with 307 */
	constructor(
		routes: ReadonlyMap<string, string>,
		{tagged = false, callFields = [] as string[]} = {},
	) {
		this.#routes = routes;
		this.#tagged = tagged;
		this.records = new Records({callFields}, () => undefined);
	}

	/** A request's head arrives. */
	begin({method, url, headers, connection}: SimulatedRequest): Recording {
		const {origin} = new URL(url);
		const sent = url.slice(origin.length);
		const {target, token} = withoutToken(sent);
		return this.records.begin(
			{
				method,
				target: sent,
				url: origin + target,
				origin,
				headers,
				httpVersion: '1.1',
				framing: 'content-length',
				...(token !== undefined && {hopToken: token}),
			},
			{number: connection, exchange: 1, peer: '', door: 'listener' as const},
			bodyOf('', false),
		);
	}

	/** Its body ends and it is answered; returns the Location that was sent, when it is redirected. */
	end(recording: Recording, body: string): string | undefined {
		recording.endRequest(bodyOf(body), []);
		const sent = this.answer(recording);
		recording.seal(true);
		return sent;
	}

	/** The rest of its body comes after it was answered; `whole` unless the client stopped. */
	endEarly(recording: Recording, body: string, whole: boolean): void {
		recording.endRequest(bodyOf(body, whole), []);
		recording.seal(true);
	}

	/** It is answered, whether its body has ended or not; returns the Location that was sent. */
	answer(recording: Recording): string | undefined {
		const {url} = recording.exchange.request;
		const documented = this.#routes.get(url);
		recording.matched(documented === undefined && !this.#isTarget(url) ? undefined : 0);
		if (documented === undefined) {
			recording.answer({status: 200, reason: 'OK', headers: []});
			return undefined;
		}
		const resolved = resolveLocation([documented], url);
		if (typeof resolved === 'string')
			throw new Error(`A test route has a bad Location: ${resolved}`);
		const token = this.#tagged ? `t${++this.#tokens}` : undefined;
		const sent = token === undefined ? documented : withToken(documented, token);
		const location = {documented, sent, resolved, ...(token !== undefined && {token})};
		recording.answer({status: 307, reason: 'Temporary Redirect', headers: [], location});
		return sent;
	}

	/** The redirect exchange that a request is tied to, and whether that is certain. */
	linkOf(exchange: Exchange): {redirect: Exchange; certain: boolean} | undefined {
		const hop = this.records.hops.hops().find(({followUp}) => followUp === exchange);
		return hop?.link && {redirect: hop.redirect, certain: hop.link.certain};
	}

	#isTarget(url: string): boolean {
		return [...this.#routes.values()].some(target => target === url);
	}
}

const bodies = new Map<string, StoredBody>();

/** Equal bodies are one, as a recorder has it. */
function bodyOf(text: string, complete = true): StoredBody {
	const name = `${complete} ${text}`;
	const body = bodies.get(name) ?? newBody(text, complete);
	bodies.set(name, body);
	return body;
}

function newBody(text: string, complete: boolean): StoredBody {
	const bytes = Buffer.from(text);
	const sha256 = createHash('sha256').update(bytes).digest('hex');
	return new StoredBody(
		{content: {kind: 'memory', bytes, size: bytes.length}, sha256, complete},
		{request: {method: 'POST', url: '', headers: []}, checkJson: async () => []},
	);
}
