import type {HeaderLines} from '../../../src/index.ts';

/**
 * Header fields without `Expect`, for clients that refuse to send it, such as fetch: to them it is no
 * field of the caller's. They are answered like a client that expects nothing.
 */
export function withoutExpectation(headers: HeaderLines): HeaderLines {
	return headers.filter(([name]) => name.toLowerCase() !== 'expect');
}
