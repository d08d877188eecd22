import {randomBytes} from 'node:crypto';
import type {ServerResponse} from 'node:http';
import {withToken} from '../http/hop-token.ts';
import {type ResolvedLocation, resolveLocation} from '../http/location.ts';
import {originOf} from '../http/origin.ts';
import {isRedirectStatus} from '../http/redirect-status.ts';
import type {Exchange, SentLocation} from '../journal/exchange.ts';
import {namedAuthority} from '../journal/named-authority.ts';
import type {Addresses} from './addresses.ts';
import {headerLinesOf} from './response-headers.ts';
import {setField} from './set-field.ts';

/** How Locations go out. */
export interface LocationRules {
	readonly addresses: Addresses;
	/** Whether the Location of a redirect gets a token. */
	readonly tagged: boolean;
}

/**
 * Gives the Location of a response that is about to be sent its sent form, and returns both forms;
 * undefined when the response has no Location. A Location that names no documented origin, or that
 * goes to a client that uses the documented address, is sent byte for byte, but for its token. When
 * the head has gone out already, its Location is what was sent: nothing is changed any more.
 */
export function sendLocation(
	response: ServerResponse,
	exchange: Exchange,
	{addresses, tagged}: LocationRules,
): SentLocation | undefined {
	const {url, origin} = exchange.request;
	const lines = headerLinesOf(response).filter(([field]) => field.toLowerCase() === 'location');
	const name = lines[0]?.[0];
	if (name === undefined) return undefined;
	const documented = lines.map(([, value]) => value);
	const resolved = resolveLocation(documented, url);
	const leads = typeof resolved === 'object';
	const isOut = response.headersSent;
	const isTagged = tagged && leads && isRedirectStatus(response.statusCode) && !isOut;
	const token = isTagged ? newToken() : undefined;
	const secured = exchange.connection.tls !== undefined;
	const asDocumented = goesByDocumentedAddress(exchange, addresses.localOf(origin));
	const sent = documented.map(value => {
		if (isOut) return value;
		const reached = asDocumented ? value : addresses.localLocation(value, origin, secured);
		return token === undefined ? reached : withToken(inheriting(reached, url), token);
	});
	if (!isOut) setField(response, name, sent);
	return Object.freeze({
		documented: documented[0] ?? '',
		sent: sent[0] ?? '',
		...(token !== undefined && {token}),
		...(leads && {resolved: frozen(resolved)}),
	});
}

/** Whether a client uses the documented address: through the proxy, or with a connect override. */
function goesByDocumentedAddress(
	{request, connection}: Exchange,
	local: string | undefined,
): boolean {
	if (connection.door === 'proxy') return true;
	const named = namedAuthority(request);
	if (local?.endsWith(`//${named}`)) return false;
	const scheme = request.origin.slice(0, request.origin.indexOf('//'));
	return named !== undefined && originOf(`${scheme}//${named}`) === request.origin;
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
