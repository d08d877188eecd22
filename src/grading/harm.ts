import type {Exchange} from '../journal/exchange.ts';
import type {Surroundings} from '../verdict/rule.ts';
import type {Finding} from '../verdict/verdict.ts';

/** What breaches do to those who rely on the client, the worst first. */
export const harms = [
	'content is lost, and the client reports success',
	'secrets reach another origin',
	'another action than the one asked for',
	'the client hangs or crashes',
	'requests are misread or repeated',
	'another resource than the one named',
	'what the source asks for is missing',
	'a matter of policy',
] as const;

/** What a breach does to those who rely on the client; the first of `harms` is the worst. */
export type Harm = (typeof harms)[number];

/** What the breach of a rule does, where its level does not say enough. */
const byRule: Readonly<Record<string, Harm>> = {
	'authorization-withheld': 'secrets reach another origin',
	'cookie-withheld': 'secrets reach another origin',
	'proxy-authorization-withheld': 'secrets reach another origin',
	'credentials-do-not-come-back': 'secrets reach another origin',
	'set-cookie-stays-home': 'secrets reach another origin',
	'referer-clean': 'secrets reach another origin',
	'origin-null-after-taint': 'another action than the one asked for',
	'userinfo-not-used': 'another action than the one asked for',
	'conditions-kept': 'another action than the one asked for',
	'idempotency-key-kept': 'requests are misread or repeated',
	'method-preserved': 'another action than the one asked for',
	'permanent-method-preserved': 'another action than the one asked for',
	'only-post-becomes-get': 'another action than the one asked for',
	'see-other-retrieves': 'another action than the one asked for',
	'multipart-boundary-kept': 'requests are misread or repeated',
	'content-length-matches': 'the client hangs or crashes',
	'no-expectation-without-content': 'the client hangs or crashes',
	'connection-close-honoured': 'requests are misread or repeated',
	'no-request-inside-body': 'requests are misread or repeated',
	'target-well-formed': 'requests are misread or repeated',
	'framing-unambiguous': 'requests are misread or repeated',
	'loops-stopped': 'requests are misread or repeated',
	'host-matches-target': 'another resource than the one named',
	'target-is-location': 'another resource than the one named',
	'only-location-followed': 'another resource than the one named',
	'unusable-location-not-followed': 'another resource than the one named',
	'interim-not-followed': 'another resource than the one named',
	'no-blind-retry': 'requests are misread or repeated',
	'original-address-kept-in-use': 'another resource than the one named',
	'not-cached-without-freshness': 'another resource than the one named',
	'stale-redirect-not-reused': 'another resource than the one named',
	'unsafe-invalidates': 'another resource than the one named',
	'unsafe-not-from-cache': 'another resource than the one named',
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
	return byRule[rule] ?? 'what the source asks for is missing';
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
