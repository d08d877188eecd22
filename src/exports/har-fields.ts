import type {HeaderLines} from '../http/header-lines.ts';
import {headerValues} from '../http/header-lines.ts';
import {cookiePairs} from '../verdict/cookies.ts';
import type {BodyRoom} from './body-content.ts';
import type {DocumentFields} from './documented-fields.ts';
import {type Secrets, urlIn, valueIn} from './secrets.ts';

/** What a part of an archive is made with. */
export interface HarManner {
	readonly secrets: Secrets;
	readonly document: DocumentFields;
	readonly room: BodyRoom;
}

interface NameValue {
	readonly name: string;
	readonly value: string;
}

/** Field lines, in order. */
export function fieldsIn(lines: HeaderLines, {secrets, document}: HarManner): NameValue[] {
	return document(lines).map(([name, value]) => ({name, value: valueIn(name, value, secrets)}));
}

/** The parameters of a URL's query, decoded. */
export function queryIn(url: string, secrets: Secrets): NameValue[] {
	const query = /\?([^#]*)/.exec(urlIn(url, secrets))?.[1] ?? '';
	return [...new URLSearchParams(query)].map(([name, value]) => ({name, value}));
}

/** The cookies of a request. */
export function cookiesIn(headers: HeaderLines, {secrets}: HarManner): NameValue[] {
	return cookiePairs(headers).map(pair => cookieOf(valueIn('cookie', pair, secrets)));
}

/** The cookies that a response sets. */
export function setCookiesIn(headers: HeaderLines, {secrets}: HarManner): unknown[] {
	return headerValues(headers, 'set-cookie').map(value => {
		const [pair = '', ...attributes] = valueIn('set-cookie', value, secrets)
			.split(';')
			.map(part => part.trim());
		const of = (name: string) => attributes.findLast(each => nameOf(each) === name);
		const path = of('path');
		const domain = of('domain');
		const expires = Date.parse(textOf(of('expires') ?? ''));
		return {
			...cookieOf(pair),
			...(path !== undefined && {path: textOf(path)}),
			...(domain !== undefined && {domain: textOf(domain)}),
			...(!Number.isNaN(expires) && {expires: new Date(expires).toISOString()}),
			httpOnly: of('httponly') !== undefined,
			secure: of('secure') !== undefined,
		};
	});
}

/** One without a name is all value (RFC 6265bis, 5.6). */
function cookieOf(pair: string): NameValue {
	return pair.includes('=')
		? {name: pair.slice(0, pair.indexOf('=')), value: textOf(pair)}
		: {name: '', value: pair};
}

function nameOf(attribute: string): string {
	return (attribute.split('=', 1)[0] ?? '').trim().toLowerCase();
}

function textOf(attribute: string): string {
	const equals = attribute.indexOf('=');
	return equals === -1 ? '' : attribute.slice(equals + 1).trim();
}
