import type {ClientAdapter} from '../../../src/index.ts';

/** The methods of the shipped scenarios' calls. */
export type Method =
	| ('GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS')
	| ('QUERY' | 'PROPFIND' | 'REPORT' | 'SEARCH');

/** A request as a caller hands it to a client. */
export interface RealRequest {
	readonly method: Method;
	/** The local URL. */
	readonly url: string;
	readonly headers: Readonly<Record<string, string>>;
	/** Absent: the request has no body. Bytes where it is no text. */
	readonly body?: string | Uint8Array<ArrayBuffer>;
}

/** A client that people use, with its own defaults for redirects, as a test drives it. */
export interface RealClient {
	readonly name: string;
	/** Resolves with the status of the final response; rejects when the client gives up. */
	send(request: RealRequest): Promise<number>;
}

/** A client that is graded, as a test drives it. */
export function realClient(name: string, adapter: ClientAdapter): RealClient {
	return {
		name,
		async send({method, url, headers, body}) {
			const answer = await adapter({
				method,
				url,
				documented: url,
				headers: Object.entries(headers),
				...(body !== undefined && {
					body: typeof body === 'string' ? new TextEncoder().encode(body) : body,
				}),
				scenario: '',
				signal: new AbortController().signal,
			});
			return answer?.status ?? 0;
		},
	};
}
