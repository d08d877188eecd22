import {METHODS} from 'node:http';

/**
 * The methods that a scenario can name, case-sensitive (RFC 9110, 9.1): those that the HTTP parser of this
 * Node knows, and those that it may be too old for. So a scenario that can be read under one supported Node can be read
 * under all of them.
 */
export const knownMethods: readonly string[] = [...new Set([...METHODS, 'QUERY'])];

/** Whether requests with this method arrive by HTTP/1.1: the parser of Node 20.19.0 takes no QUERY yet. */
export function isParsed(method: string): boolean {
	return METHODS.includes(method);
}
