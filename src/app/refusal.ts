import {originOf} from '../http/origin.ts';
import type {ConnectionFacts, RecordedRequest} from '../journal/exchange.ts';
import {didYouMean} from '../scenario/near-name.ts';
import {shownUrl, shownValue} from '../verdict/wire-text.ts';

/** Why a request is given to no route of the scenario. Its texts are safe to print. */
export interface Refusal {
	readonly status: 400 | 421 | 502;
	readonly title: string;
	readonly detail: string;
}

/** What of a request and its connection tells where it was to go. */
export interface AskedRequest extends Pick<RecordedRequest, 'method' | 'target'> {
	/** The value of Host; empty for none. */
	readonly host: string;
	readonly tunnel: ConnectionFacts['tunnel'];
}

/** The origin that a refused request asks for, as well as it can be told; empty when it can't. */
export function originAsked({method, target, host, tunnel}: AskedRequest): string {
	if (tunnel !== undefined) return originOf(`http://${tunnel}`) ?? '';
	if (method === 'CONNECT') return originsOfAuthority(target)?.likely ?? '';
	return originOf(target) ?? originOf(`http://${host}`) ?? '';
}

/** The origins that an authority `host:port` may stand for; undefined when it is no such authority. */
export function originsOfAuthority(
	authority: string,
): {http: string; https: string; likely: string} | undefined {
	if (!/^(?:\[[^\]@/]+\]|[^:@/?#\\[\]]+):\d+$/.test(authority)) return undefined;
	const http = originOf(`http://${authority}`);
	const https = originOf(`https://${authority}`);
	if (http === undefined || https === undefined) return undefined;
	return {http, https, likely: authority.endsWith(':80') ? http : https};
}

/** Why a request that no app of the scenario takes is refused. */
export function refusalOf(asked: AskedRequest, origins: readonly string[]): Refusal {
	const {method, target, tunnel} = asked;
	if (tunnel !== undefined) return plainInTunnel(tunnel, origins);
	if (method === 'CONNECT' && originsOfAuthority(target) === undefined) return noAuthority(target);
	if (method === 'CONNECT' || originOf(target) !== undefined)
		return unknownOrigin(originAsked(asked), origins);
	return noProxyRequest(asked, origins);
}

/** The refusal of a request for an origin of the scenario that could not be readied. */
export function refusalFor(fault: unknown): Refusal {
	const words = fault instanceof Error ? fault.message : String(fault);
	return {
		status: 502,
		title: 'The origin could not be readied',
		detail: `The double has no certificate for this origin: ${words}`,
	};
}

/** The refusal of a request that came for one origin, and names another (RFC 9110, 7.4). */
export function misdirected(named: string, origin: string): Refusal {
	return {
		status: 421,
		title: 'Misdirected Request',
		detail: `The request-target names ${shownUrl(named)}, and came to where ${origin} is played: expected a path, or a URL of ${origin}. Ask the proxy of the double, or the address of the origin that is meant.`,
	};
}

function unknownOrigin(origin: string, origins: readonly string[]): Refusal {
	const meant = didYouMean(origin, origins);
	const asked = `${shownUrl(origin)} is no origin of the scenario${meant}`;
	return {
		status: 502,
		title: 'The scenario has no such origin',
		detail: `${withStop(asked)} ${listed(origins)} This proxy only plays the scenario: it never forwards a request.`,
	};
}

function plainInTunnel(tunnel: string, origins: readonly string[]): Refusal {
	return {
		status: 400,
		title: 'Plain HTTP in a tunnel to an https origin',
		detail: `The tunnel to ${shownUrl(tunnel)} leads to ${originsOfAuthority(tunnel)?.https ?? 'an https origin'}: expected a TLS handshake, and plain HTTP came. ${listed(origins)}`,
	};
}

function noAuthority(target: string): Refusal {
	return {
		status: 400,
		title: 'CONNECT without host and port',
		detail: `CONNECT names ${shownUrl(target)}; expected a host and a port, such as api.example.test:443 (RFC 9110, 9.3.6).`,
	};
}

function noProxyRequest({target, host}: AskedRequest, origins: readonly string[]): Refusal {
	const named = origins.find(origin => origin.slice(origin.indexOf('//') + 2) === host);
	const example = `${named ?? origins[0] ?? 'https://api.example.test'}${target.startsWith('/') ? target : '/'}`;
	return {
		status: 400,
		title: 'Not a request to a proxy',
		detail: `The request-target ${shownUrl(target)} (Host: ${shownValue('host', host) || 'none'}) does not say which origin is asked. This is the forward proxy of the double: a client that has it as its proxy asks for ${shownUrl(example)} or sends CONNECT. As a base URL, use the double's url or urlOf(), the address of a listener. ${listed(origins)}`,
	};
}

function listed(origins: readonly string[]): string {
	const [only] = origins;
	return origins.length === 1
		? `The scenario's only origin is ${only}.`
		: `The scenario's origins are ${origins.join(', ')}.`;
}

function withStop(sentence: string): string {
	return sentence.endsWith('?') ? sentence : `${sentence}.`;
}
