import type {RealRequest} from './client.ts';

/**
 * A request without `Expect`, for clients that refuse to send it, such as fetch: to them it is no
 * field of the caller's. They are answered like a client that expects nothing.
 */
export function withoutExpectation(request: RealRequest): RealRequest {
	const fields = Object.entries(request.headers);
	return {
		...request,
		headers: Object.fromEntries(fields.filter(([name]) => name.toLowerCase() !== 'expect')),
	};
}
