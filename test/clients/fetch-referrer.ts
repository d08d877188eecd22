import {type HeaderLines, headerValue} from '../../src/http/header-lines.ts';

/** https://w3c.github.io/webappsec-referrer-policy/#referrer-policies */
export const referrerPolicies = [
	...(['no-referrer', 'no-referrer-when-downgrade', 'same-origin', 'origin'] as const),
	...(['strict-origin', 'origin-when-cross-origin'] as const),
	...(['strict-origin-when-cross-origin', 'unsafe-url'] as const),
] as const;

export type ReferrerPolicy = (typeof referrerPolicies)[number];

/** "Set request's referrer policy on redirect": the last policy that the response names and that is known. */
export function policyAfter(headers: HeaderLines, policy: ReferrerPolicy): ReferrerPolicy {
	const named = (headerValue(headers, 'referrer-policy') ?? '').split(',').map(each => each.trim());
	return named.flatMap(each => referrerPolicies.filter(known => known === each)).at(-1) ?? policy;
}

/** "Determine request's Referrer": what is sent of a referrer, or undefined for nothing. */
export function referrerOf(
	referrer: string,
	current: URL,
	policy: ReferrerPolicy,
): string | undefined {
	const source = new URL(referrer);
	const full = source.origin + source.pathname + source.search;
	const origin = `${source.origin}/`;
	const isSame = source.origin === current.origin;
	const isDowngrade = isTrustworthy(source) && !isTrustworthy(current);
	switch (policy) {
		case 'no-referrer':
			return undefined;
		case 'origin':
			return origin;
		case 'unsafe-url':
			return full;
		case 'strict-origin':
			return isDowngrade ? undefined : origin;
		case 'strict-origin-when-cross-origin':
			if (isSame) return full;
			return isDowngrade ? undefined : origin;
		case 'same-origin':
			return isSame ? full : undefined;
		case 'origin-when-cross-origin':
			return isSame ? full : origin;
		case 'no-referrer-when-downgrade':
			return isDowngrade ? undefined : full;
	}
}

/** https://w3c.github.io/webappsec-secure-contexts/#is-url-trustworthy */
function isTrustworthy({protocol, hostname}: URL): boolean {
	return protocol === 'https:' || hostname === '127.0.0.1';
}
