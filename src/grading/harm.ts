import type {Exchange} from '../journal/exchange.ts';
import type {Surroundings} from '../verdict/rule.ts';
import type {Finding} from '../verdict/verdict.ts';

/** What breaches do to those who rely on the client, the worst first. */
export const harms = [
	'content is lost, and the client reports success',
	'secrets reach those they are not for',
	'another action than the one asked for',
	'the client hangs or crashes',
	'requests can be lost, misread or repeated',
	'another resource than the one named',
	'what the source asks for is not done',
	'a matter of policy',
] as const;

/** What a breach does to those who rely on the client; the first of `harms` is the worst. */
export type Harm = (typeof harms)[number];

/**
 * What the breach of a rule can be known to do, of all rules but policies: no more than a breach always
 * shows. That a client hung or crashed is said only where it did.
 */
export const harmByRule: Readonly<Record<string, Harm>> = {
	'authorization-withheld': 'secrets reach those they are not for',
	'cookie-withheld': 'secrets reach those they are not for',
	'proxy-authorization-withheld': 'secrets reach those they are not for',
	'credentials-do-not-come-back': 'secrets reach those they are not for',
	'set-cookie-stays-home': 'secrets reach those they are not for',
	'referer-clean': 'secrets reach those they are not for',
	'method-preserved': 'another action than the one asked for',
	'permanent-method-preserved': 'another action than the one asked for',
	'only-post-becomes-get': 'another action than the one asked for',
	'see-other-retrieves': 'another action than the one asked for',
	'method-does-not-return': 'another action than the one asked for',
	'conditions-kept': 'another action than the one asked for',
	// Broken only when the double had to read on for a client that neither wrote nor left.
	'early-answer-noticed': 'the client hangs or crashes',
	'multipart-boundary-kept': 'requests can be lost, misread or repeated',
	'content-length-matches': 'requests can be lost, misread or repeated',
	'no-content-after-rewrite': 'requests can be lost, misread or repeated',
	'framing-unambiguous': 'requests can be lost, misread or repeated',
	'connection-close-honoured': 'requests can be lost, misread or repeated',
	'no-request-inside-body': 'requests can be lost, misread or repeated',
	'target-well-formed': 'requests can be lost, misread or repeated',
	'no-fragment-sent': 'requests can be lost, misread or repeated',
	'idempotency-key-kept': 'requests can be lost, misread or repeated',
	'no-blind-retry': 'requests can be lost, misread or repeated',
	'after-417-without-expectation': 'requests can be lost, misread or repeated',
	'loops-stopped': 'requests can be lost, misread or repeated',
	// A server takes it for a request of the page that it trusts.
	'origin-null-after-taint': 'requests can be lost, misread or repeated',
	'target-is-location': 'another resource than the one named',
	'host-matches-target': 'another resource than the one named',
	'only-location-followed': 'another resource than the one named',
	'unusable-location-not-followed': 'another resource than the one named',
	'interim-not-followed': 'another resource than the one named',
	'original-address-kept-in-use': 'another resource than the one named',
	'not-cached-without-freshness': 'another resource than the one named',
	'stale-redirect-not-reused': 'another resource than the one named',
	'unsafe-invalidates': 'another resource than the one named',
	'unsafe-not-from-cache': 'another resource than the one named',
	// Where nobody minds, content is lost: see losesContent.
	'body-preserved': 'what the source asks for is not done',
	'content-headers-preserved': 'what the source asks for is not done',
	'content-headers-removed': 'what the source asks for is not done',
	'length-known-stays-known': 'what the source asks for is not done',
	'empty-content-announced': 'what the source asks for is not done',
	'no-length-without-content': 'what the source asks for is not done',
	'no-expectation-without-content': 'what the source asks for is not done',
	'headers-kept': 'what the source asks for is not done',
	'authorization-kept': 'what the source asks for is not done',
	'cookie-kept': 'what the source asks for is not done',
	'userinfo-not-used': 'what the source asks for is not done',
	'digest-names-target': 'what the source asks for is not done',
	'preflight-redirect-not-followed': 'what the source asks for is not done',
};

/** What the harm of a breach depends on. */
export interface Circumstances extends Pick<Surroundings, 'exchanges' | 'hops'> {
	/** Whether the client told its caller of no error in the call that an exchange belongs to. */
	readonly isReportedWell: (exchange: number) => boolean;
}

/** What a breach does to those who rely on the client. */
export function harmOf(finding: Finding, around: Circumstances): Harm {
	const {rule, level} = finding;
	if (losesContent(finding, around)) return 'content is lost, and the client reports success';
	if (level === 'policy') return 'a matter of policy';
	return harmByRule[rule] ?? 'what the source asks for is not done';
}

/**
 * Whether what came is less than was sent first, or a form in which a server finds nothing, and nobody
 * minds: neither the server, there or further on, nor the client.
 */
function losesContent(
	{rule, exchanges: numbers}: Finding,
	{exchanges, hops, isReportedWell}: Circumstances,
): boolean {
	if (rule !== 'body-preserved' && rule !== 'multipart-boundary-kept') return false;
	const [redirect, followUp] = numbers.map(number =>
		exchanges.find(exchange => exchange.number === number),
	);
	if (redirect === undefined || followUp === undefined) return false;
	if (!isReportedWell(redirect.number)) return false;
	const status = endOf(followUp, hops).response?.status ?? 0;
	if (status < 200 || status > 299) return false;
	return rule !== 'body-preserved' || followUp.request.body.size < redirect.request.body.size;
}

/** Where redirects led on to. They are in the order in which they were answered. */
function endOf(from: Exchange, hops: Surroundings['hops']): Exchange {
	return hops.reduce(
		(last, {redirect, followUp}) => (redirect.number === last.number && followUp ? followUp : last),
		from,
	);
}
