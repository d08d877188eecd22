import {randomBytes} from 'node:crypto';
import type {ServerResponse} from 'node:http';
import {withToken} from '../http/hop-token.ts';
import {type ResolvedLocation, resolveLocation} from '../http/location.ts';
import {Memo} from '../http/memo.ts';
import {originOf} from '../http/origin.ts';
import {isRedirectStatus} from '../http/redirect-status.ts';
import type {Exchange, SentLocation} from '../journal/exchange.ts';
import {namedAuthority} from '../journal/named-authority.ts';
import type {Recording} from '../journal/recording.ts';
import type {Addresses} from './addresses.ts';
import type {RequestFields} from './request-fields.ts';
import {headerLinesOf} from './response-headers.ts';
import {setField} from './set-field.ts';

/** How Locations go out. */
export interface LocationRules {
	readonly addresses: Addresses;
	/** Whether the Location of a redirect gets a token. */
	readonly tagged: boolean;
}

/** The request that is answered. */
interface Asked {
	readonly recording: Recording;
	readonly fields: RequestFields;
}

/** The lines of a Location in the form in which they are sent, and what is recorded of them. */
interface Sent {
	readonly location: SentLocation;
	readonly values: readonly string[];
}

/**
 * Gives Locations their sent form. One that names no documented origin, or that goes to a client that
 * uses the documented address, is sent byte for byte, but for its token.
 */
export class Locations {
	readonly #rules: LocationRules;
	/** By how the client reaches the origin, what it asked for, and the Location as documented. */
	#known = new Memo<Memo<Memo<Sent>>>();
	#version = 0;

	constructor(rules: LocationRules) {
		this.#rules = rules;
	}

	/** Both forms of the Location of a response that has just one and is about to be sent. */
	sentFor(documented: string, status: number, asked: Asked): SentLocation {
		return this.#sent([documented], status, asked).location;
	}

	/**
	 * Gives the Location of a response that is about to be sent its sent form, and returns both forms;
	 * undefined when the response has no Location. When the head has gone out already, its Location is
	 * what was sent: nothing is changed any more.
	 */
	send(response: ServerResponse, asked: Asked): SentLocation | undefined {
		const lines = headerLinesOf(response).filter(([field]) => field.toLowerCase() === 'location');
		const name = lines[0]?.[0];
		if (name === undefined) return undefined;
		const documented = lines.map(([, value]) => value);
		if (response.headersSent) {
			const {url} = asked.recording.exchange.request;
			return bothForms(documented, documented, resolveLocation(documented, url));
		}
		const {location, values} = this.#sent(documented, response.statusCode, asked);
		setField(response, name, values);
		return location;
	}

	#sent(documented: readonly string[], status: number, asked: Asked): Sent {
		const {exchange} = asked.recording;
		const {addresses, tagged} = this.#rules;
		const reach = reachOf(asked, addresses.localOf(exchange.request.origin));
		if (tagged && isRedirectStatus(status))
			return this.#make(documented, exchange, reach, newToken());
		const here = this.#knownNow()
			.get(reach, () => new Memo())
			.get(exchange.request.url, () => new Memo());
		return here.get(documented.join('\n'), () => this.#make(documented, exchange, reach));
	}

	/** What was made before the addresses were known is made anew. */
	#knownNow(): Memo<Memo<Memo<Sent>>> {
		const {version} = this.#rules.addresses;
		if (version !== this.#version) this.#known = new Memo();
		this.#version = version;
		return this.#known;
	}

	#make(documented: readonly string[], exchange: Exchange, reach: Reach, token?: string): Sent {
		const {url, origin} = exchange.request;
		const resolved = resolveLocation(documented, url);
		const tag = typeof resolved === 'object' ? token : undefined;
		const values = documented.map(value => {
			const reached =
				reach === 'documented'
					? value
					: this.#rules.addresses.localLocation(value, origin, reach === 'listener over TLS');
			return tag === undefined ? reached : withToken(inheriting(reached, url), tag);
		});
		return {location: bothForms(documented, values, resolved, tag), values};
	}
}

/** By which address a client reaches an origin. */
type Reach = 'documented' | 'listener' | 'listener over TLS';

function reachOf({recording, fields}: Asked, local: string | undefined): Reach {
	const {request, connection} = recording.exchange;
	if (connection.door === 'proxy') return 'documented';
	const named = request.http2 === undefined ? fields.host : namedAuthority(request);
	if (named !== undefined && !local?.endsWith(`//${named}`)) {
		const scheme = request.origin.slice(0, request.origin.indexOf('//'));
		if (originOf(`${scheme}//${named}`) === request.origin) return 'documented';
	}
	return connection.tls === undefined ? 'listener' : 'listener over TLS';
}

function bothForms(
	documented: readonly string[],
	sent: readonly string[],
	resolved: ReturnType<typeof resolveLocation>,
	token?: string,
): SentLocation {
	return Object.freeze({
		documented: documented[0] ?? '',
		sent: sent[0] ?? '',
		...(token !== undefined && {token}),
		...(typeof resolved === 'object' && {resolved: frozen(resolved)}),
	});
}

/** A reference without path and query has the query of its base (RFC 3986, 5.2.2), until it gets one. */
function inheriting(reference: string, base: string): string {
	return /^(?:#|$)/.test(reference) ? (/\?[^#]*/.exec(base)?.[0] ?? '') + reference : reference;
}

function frozen(resolved: ResolvedLocation): ResolvedLocation {
	return Object.freeze({...resolved, targets: Object.freeze(resolved.targets)});
}

function newToken(): string {
	return randomBytes(12).toString('base64url');
}
