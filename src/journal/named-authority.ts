import {headerValues} from '../http/header-lines.ts';
import type {Http2Facts, RecordedRequest} from './exchange.ts';

interface Named extends Pick<RecordedRequest, 'headers'> {
	readonly http2?: Pick<Http2Facts, 'pseudoHeaders'>;
}

/**
 * The authorities that a request names: the values of Host, or `:authority` and what of Host differs
 * from it (RFC 9113, 8.3.1). Empty for none; more than one contradict each other.
 */
export function namedAuthorities({headers, http2}: Named): readonly string[] {
	const hosts = headerValues(headers, 'host');
	if (http2 === undefined) return hosts;
	return [...new Set([...headerValues(http2.pseudoHeaders, ':authority'), ...hosts])];
}

/** The authority that a request names first; undefined for none. */
export function namedAuthority(request: Named): string | undefined {
	return namedAuthorities(request)[0];
}
