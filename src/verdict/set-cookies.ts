import {requestTarget} from '../http/location.ts';
import {namedAuthority} from '../journal/named-authority.ts';
import type {Message} from './messages.ts';

/** A cookie as a response sets it (RFC 6265, 5.2). */
export interface SetCookie {
	/** `name=value`. */
	readonly pair: string;
	/** The Domain attribute in lower case, without a dot before it; absent for a cookie of one host. */
	readonly domain?: string;
	/** The Path attribute; absent for the default, which comes of the request. */
	readonly path?: string;
}

/** Reads the value of a Set-Cookie line; of an attribute that comes twice the last one counts. */
export function parseSetCookie(value: string): SetCookie {
	const [pair = '', ...rest] = value.split(';').map(part => part.trim());
	const attributes = new Map(
		rest.map(part => {
			const equals = part.indexOf('=');
			const [name, text] =
				equals === -1 ? [part, ''] : [part.slice(0, equals), part.slice(equals + 1)];
			return [name.trim().toLowerCase(), text.trim()];
		}),
	);
	const domain = (attributes.get('domain') ?? '').replace(/^\./, '').toLowerCase();
	const path = attributes.get('path') ?? '';
	return {pair, ...(domain && {domain}), ...(path.startsWith('/') && {path})};
}

/** Where a request goes, as far as cookies look at it. */
export interface Place {
	/** A host without its port, in lower case. */
	readonly host: string;
	/** The path of the request-target. */
	readonly path: string;
}

/** Where a request goes as documented. */
export function documentedPlace({origin, url}: Message): Place {
	return {host: hostOf(origin.replace(/^https?:\/\//, '')), path: pathOf(url)};
}

/** Where a request goes in the eyes of its client, which may have been shown a listener's address. */
export function shownPlace(message: Message): Place {
	return {host: hostOf(namedAuthority(message) ?? ''), path: pathOf(message.url)};
}

/** Whether a cookie that was set at one place is for another one (RFC 6265, 5.1.3, 5.1.4 and 5.4). */
export function isFor({domain, path}: SetCookie, setAt: Place, sentTo: Place): boolean {
	const isOfHost =
		sentTo.host === setAt.host || (domain !== undefined && isWithin(domain, sentTo.host));
	return isOfHost && isUnder(path ?? defaultPath(setAt.path), sentTo.path);
}

function isWithin(domain: string, host: string): boolean {
	return host === domain || host.endsWith(`.${domain}`);
}

function isUnder(cookiePath: string, path: string): boolean {
	if (!path.startsWith(cookiePath)) return false;
	return (
		path.length === cookiePath.length || cookiePath.endsWith('/') || path[cookiePath.length] === '/'
	);
}

/** Up to, and without, the last slash; `/` where that is nothing (RFC 6265, 5.1.4). */
function defaultPath(path: string): string {
	return path.slice(0, path.lastIndexOf('/')) || '/';
}

function pathOf(url: string): string {
	return requestTarget(url).split('?', 1)[0] ?? '/';
}

function hostOf(authority: string): string {
	return authority.toLowerCase().replace(/:\d*$/, '');
}
