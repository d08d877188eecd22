import {splitOrigin} from '../../http/origin.ts';
import {namedAuthorities, namedAuthority} from '../../journal/named-authority.ts';
import type {Messages} from '../messages.ts';
import {broken, kept, type MessageRule, notObserved} from '../rule.ts';
import {rfc9112} from '../sources.ts';
import {shownValue} from '../wire-text.ts';

/** Judged against the address that the client did go to, so that a missed Location is not counted twice. */
export const hostMatchesTarget: MessageRule = {
	id: 'host-matches-target',
	about: 'hop',
	sees: 'messages',
	level: 'must',
	statement: 'A client sends the authority of the address it goes to as Host.',
	source: rfc9112(
		'3.2',
		'If the target URI includes an authority component, then a client MUST send a field value for Host that is identical to that authority component, excluding any userinfo subcomponent and its "@" delimiter',
	),
	appliesTo: hop => hop.redirect.response.location !== undefined,
	check(hop) {
		const expected = expectedHost(hop);
		if (expected === undefined) {
			return notObserved(
				'the client went to another place than the Location, and nothing tells by which address',
			);
		}
		const {request} = hop.followUp;
		const hosts = namedAuthorities(request);
		const [host] = hosts;
		if (host === undefined && request.httpVersion === '1.0') {
			return notObserved('HTTP/1.0 needs no Host, and none was sent');
		}
		if (hosts.length === 1 && host !== undefined && sameHost(host, expected)) return kept;
		const actual = hosts.map(value => shownValue('host', value)).join(', ') || 'no Host';
		return broken(shownValue('host', expected), actual, likelyCause(hop, host));
	},
};

/** The authority that the client used, in the form in which it was told it. */
function expectedHost({redirect, followUp}: Messages): string | undefined {
	const location = redirect.response.location;
	const {origin} = followUp.request;
	const before = namedAuthority(redirect.request);
	if (location?.resolved?.origin === origin) return authorityOf(location.sent) ?? before;
	return origin === redirect.request.origin ? before : undefined;
}

/** `host[:port]` of an absolute or network-path reference; undefined for other relative ones. */
function authorityOf(location: string): string | undefined {
	const absolute = location.startsWith('//') ? `http:${location}` : location;
	return splitOrigin(absolute)?.authority.replace(/^.*@/, '');
}

/** Hosts have no case; port 80 and 443 may stand or not, as the scheme is not seen here. */
function sameHost(one: string, other: string): boolean {
	return canonicalHost(one) === canonicalHost(other);
}

function canonicalHost(host: string): string {
	return host.toLowerCase().replace(/:(?:80|443)?$/, '');
}

function likelyCause({redirect}: Messages, host: string | undefined): string | undefined {
	if (host === undefined || host !== namedAuthority(redirect.request)) return undefined;
	return 'the Host of the redirected request was kept: it was copied with the other headers, or the caller had set it';
}
