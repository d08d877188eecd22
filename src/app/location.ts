import {randomBytes} from 'node:crypto';
import type {ServerResponse} from 'node:http';
import {withToken} from '../http/hop-token.ts';
import {type ResolvedLocation, resolveLocation} from '../http/location.ts';
import {isRedirectStatus} from '../http/redirect-status.ts';
import type {RecordedRequest, SentLocation} from '../journal/exchange.ts';
import type {Addresses} from './addresses.ts';
import {headerLinesOf} from './response-headers.ts';

/** How Locations go out. */
export interface LocationRules {
	readonly addresses: Addresses;
	/** Whether the Location of a redirect gets a token. */
	readonly tagged: boolean;
}

/**
 * Gives the Location of a response that is about to be sent its sent form, and returns both forms;
 * undefined when the response has no Location. A Location that names no documented origin, and asks
 * for no token, goes out byte for byte. When the head has gone out already, its Location is what was
 * sent: nothing is changed any more.
 */
export function sendLocation(
	response: ServerResponse,
	{url, origin}: RecordedRequest,
	{addresses, tagged}: LocationRules,
): SentLocation | undefined {
	const lines = headerLinesOf(response).filter(([field]) => field.toLowerCase() === 'location');
	const name = lines[0]?.[0];
	if (name === undefined) return undefined;
	const documented = lines.map(([, value]) => value);
	const resolved = resolveLocation(documented, url);
	const leads = typeof resolved === 'object';
	const isOut = response.headersSent;
	const isTagged = tagged && leads && isRedirectStatus(response.statusCode) && !isOut;
	const token = isTagged ? newToken() : undefined;
	const sent = documented.map(value => {
		if (isOut) return value;
		const local = addresses.localLocation(value, origin);
		return token === undefined ? local : withToken(inheriting(local, url), token);
	});
	const [first = '', ...more] = sent;
	if (!isOut) response.setHeader(name, more.length === 0 ? first : sent);
	return Object.freeze({
		documented: documented[0] ?? '',
		sent: first,
		...(token !== undefined && {token}),
		...(leads && {resolved: frozen(resolved)}),
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
