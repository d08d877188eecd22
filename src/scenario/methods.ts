import {knownMethods} from '../http/methods.ts';
import {didYouMean} from './near-name.ts';

/**
 * Reads the methods of a request line: `POST`, `PUT|PATCH`, or `*` for any (then there is no
 * list). Method names are case-sensitive (RFC 9110, 9.1) and a typo is no method.
 */
export function parseMethods(text: string): {methods?: readonly string[]; faults: string[]} {
	if (text === '*') return {faults: []};
	const methods = text.split('|');
	const faults = [...new Set(methods)].flatMap(method => methodFault(method));
	const repeated = methods.find((method, index) => methods.indexOf(method) < index);
	if (repeated !== undefined) faults.push(`the method "${repeated}" stands twice`);
	return {methods, faults};
}

function methodFault(method: string): string[] {
	if (knownMethods.includes(method)) return [];
	if (method === '')
		return ['a method is missing: write one, several as "PUT|PATCH", or "*" for any'];
	if (method === '*') return ['"*" takes any method: it stands alone, not beside others'];
	const upper = method.toUpperCase();
	if (knownMethods.includes(upper)) {
		return [`method names are case-sensitive: write "${upper}", not "${method}"`];
	}
	return [`"${method}" is not a method known to this server${didYouMean(method, knownMethods)}`];
}

/**
 * Whether a route with these methods takes a request with `method`. As @koa/router does, a route
 * for GET also answers HEAD (RFC 9110, 9.3.2).
 */
export function takesMethod(methods: readonly string[] | undefined, method: string): boolean {
	if (methods === undefined || methods.includes(method)) return true;
	return method === 'HEAD' && methods.includes('GET');
}
