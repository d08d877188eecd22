import type {HeaderLines} from '../../src/http/header-lines.ts';
import {
	type Client,
	createClient,
	type Habits,
	isRedirect,
	locationOf,
	overTcp,
	repeatedAfter417,
	type WireRequest,
	type WireResponse,
} from './conforming.ts';
import {beginInside, goOn, halfFirst, hang, onContinue} from './held-back.ts';
import {afterFirst, halfOnly, inChunks, onOneConnection} from './wire-habits.ts';

/** What a body of chunks ends with. */
export const trailers: HeaderLines = [['X-Checksum', 'abc']];

/** A client that breaks one rule and no other. */
export interface Deviant {
	/** What it does, as a predicate for a sentence: "The client that … breaks only …". */
	readonly does: string;
	/** A new client with an empty memory. */
	create(): Client;
}

/** For each rule the client that breaks it. */
export const deviants: Readonly<Record<string, Deviant>> = {
	'method-preserved': altering('turns POST into GET on 307', asGet),
	'permanent-method-preserved': altering('turns POST into GET on 308', asGet),
	'only-post-becomes-get': altering('turns PUT into GET on 302', asGet),
	'see-other-retrieves': altering('repeats the POST on 303', (_, {request}, url) => ({
		...request,
		...url,
	})),
	'head-stays-head': altering('turns HEAD into GET on 303', followUp => ({
		...followUp,
		method: 'GET',
	})),
	// An expectation without content would break another rule.
	'body-preserved': altering('sends an empty body the second time', followUp => ({
		...followUp,
		headers: without(followUp.headers, 'expect'),
		body: followUp.body === undefined ? undefined : '',
	})),
	'multipart-boundary-kept': altering(
		'writes a form anew with another boundary than Content-Type has',
		followUp => ({...followUp, body: followUp.body?.replaceAll(/^--[-\w]+?(?=-*\r$)/gm, '--anew')}),
	),
	'content-headers-preserved': altering('drops Content-Type although POST stays', followUp => ({
		...followUp,
		headers: without(followUp.headers, 'content-type'),
	})),
	'no-content-after-rewrite': altering('sends the body along with GET', (followUp, {request}) => ({
		...followUp,
		body: request.body,
	})),
	'content-headers-removed': altering(
		'keeps Content-Type on a GET without body',
		(followUp, {request}) => ({
			...followUp,
			headers: [...followUp.headers, ...only(request.headers, 'content-type')],
		}),
	),
	'content-length-matches': {
		does: 'sends half of the body that it announces the second time',
		create: () => createClient({transport: afterFirst(halfOnly)}),
	},
	'length-known-stays-known': {
		does: 'sends in chunks the second time what it had sent with its length',
		create: () => createClient({transport: afterFirst(inChunks())}),
	},
	'empty-content-announced': altering('announces no body on a POST', followUp => ({
		...followUp,
		body: undefined,
	})),
	'no-length-without-content': altering('announces an empty body on a GET', followUp => ({
		...followUp,
		body: '',
	})),
	'trailers-kept-apart': {
		does: 'sends its trailer fields as header fields the second time',
		create: () =>
			createClient({
				transport: inChunks(trailers),
				alter: followUp => ({...followUp, headers: [...followUp.headers, ...trailers]}),
			}),
	},
	'connection-close-honoured': {
		does: 'follows on a connection that is to be closed',
		create: () => createClient({transport: onOneConnection()}),
	},
	'framing-unambiguous': altering('adds Content-Length to a chunked body', followUp => ({
		...followUp,
		headers: [...followUp.headers, ['Content-Length', String(followUp.body?.length ?? 0)]],
	})),
	'early-answer-noticed': {
		does: 'writes on at a server that has answered and reads no more',
		create: () => createClient({transport: halfFirst(hang), limit: 0}),
	},
	'no-request-inside-body': {
		does: 'begins the follow-up inside the body that it has not finished',
		create: () => createClient({transport: halfFirst(beginInside), limit: 0}),
	},
	'body-withheld-without-continue': {
		does: 'sends its body although a redirect came in place of 100',
		create: () => createClient({transport: onContinue(goOn)}),
	},
	'no-expectation-without-content': altering(
		'expects 100 for the GET that a POST has become',
		followUp => ({...followUp, headers: [...followUp.headers, ['Expect', '100-continue']]}),
	),
	'expectation-repeated': altering('expects 100 the first time alone', followUp => ({
		...followUp,
		headers: without(followUp.headers, 'expect'),
	})),
	'retry-after-honoured': {
		does: 'follows at once where it is asked to wait',
		create: () => createClient(),
	},
	'target-is-location': altering('drops the query of the Location', followUp => ({
		...followUp,
		target: followUp.target.split('?', 1)[0] ?? '',
	})),
	'target-well-formed': altering('sends the spaces of a Location raw', followUp => ({
		...followUp,
		target: followUp.target.replaceAll('%20', ' '),
	})),
	'no-fragment-sent': altering('sends the fragment along', (followUp, {location, request}) => ({
		...followUp,
		target: followUp.target + new URL(location, request.url).hash,
	})),
	'host-matches-target': altering('keeps the Host of the first request', (followUp, {request}) => ({
		...followUp,
		headers: [...only(request.headers, 'host'), ...without(followUp.headers, 'host')],
	})),
	'only-location-followed': locating(
		'asks for "undefined" when there is no Location',
		response => locationOf(response) ?? (isRedirect(response.status) ? 'undefined' : undefined),
	),
	'unusable-location-not-followed': locating('takes any Location for a path', response => {
		const location = locationOf(response);
		return location === undefined || /^(https?:|\/)/.test(location) ? location : `./${location}`;
	}),
	'locations-not-joined': locating(
		'joins several Locations with a comma',
		({status, locations = []}) =>
			isRedirect(status) && locations.length > 0 ? locations.join(', ') : undefined,
	),
	'interim-not-followed': locating(
		'follows the first Location that comes, also that of a 103',
		response => response.interimLocations?.[0] ?? locationOf(response),
	),
	'only-redirects-followed': locating('follows any 3xx with a Location', ({status, headers}) =>
		status >= 300 && status < 400 ? headers.get('location') : undefined,
	),
	'after-417-without-expectation': {
		does: 'repeats a request after 417 as it was',
		create: () => createClient({transport: repeatedAfter417(request => request)}),
	},
	'no-blind-retry': {
		does: 'sends a POST again to which no whole response came',
		create: () => createClient({transport: insistent}),
	},
	'headers-kept': altering('drops Accept', followUp => ({
		...followUp,
		headers: without(followUp.headers, 'accept'),
	})),
	'conditions-kept': altering('drops If-Match and Range', followUp => ({
		...followUp,
		headers: without(without(followUp.headers, 'if-match'), 'range'),
	})),
	'idempotency-key-kept': altering('loses the Idempotency-Key', followUp => ({
		...followUp,
		headers: without(followUp.headers, 'idempotency-key'),
	})),
	'authorization-kept': altering('drops Authorization within one origin', followUp => ({
		...followUp,
		headers: without(followUp.headers, 'authorization'),
	})),
	'authorization-withheld': altering(
		'takes Authorization to another origin',
		(followUp, {request}) => ({
			...followUp,
			headers: [...followUp.headers, ...only(request.headers, 'authorization')],
		}),
	),
	'cookie-kept': altering('drops Cookie within one origin', followUp => ({
		...followUp,
		headers: without(followUp.headers, 'cookie'),
	})),
	'cookie-withheld': altering('takes Cookie to another origin', (followUp, {request}) => ({
		...followUp,
		headers: [...followUp.headers, ...only(request.headers, 'cookie')],
	})),
	'proxy-authorization-withheld': altering(
		'takes Proxy-Authorization to another origin',
		(followUp, {request}) => ({
			...followUp,
			headers: [...followUp.headers, ...only(request.headers, 'proxy-authorization')],
		}),
	),
	'userinfo-not-used': altering(
		'makes credentials of the user name and password in the Location',
		(followUp, {location}) => {
			const userinfo = /\/\/([^/?#]*)@/.exec(location)?.[1];
			if (userinfo === undefined) return followUp;
			const token = Buffer.from(userinfo.includes(':') ? userinfo : `${userinfo}:`).toString(
				'base64',
			);
			const headers = without(followUp.headers, 'authorization');
			return {...followUp, headers: [...headers, ['Authorization', `Basic ${token}`]]};
		},
	),
	'credentials-do-not-come-back': recalling(
		'compares each origin only with the one before',
		'authorization',
		(followUp, request) => new URL(followUp.url).origin === new URL(request.url).origin,
	),
	'set-cookie-stays-home': altering(
		'sends the cookie of a redirect to wherever it leads',
		(followUp, {setCookie}) => {
			const pair = setCookie?.split(';', 1)[0];
			return pair === undefined
				? followUp
				: {...followUp, headers: [...followUp.headers, ['Cookie', pair]]};
		},
	),
	'secret-headers-withheld': altering(
		'takes X-Api-Key to another origin',
		(followUp, {request}) => ({
			...followUp,
			headers: [...without(followUp.headers, 'x-api-key'), ...only(request.headers, 'x-api-key')],
		}),
	),
	'signature-renewed': altering('copies the signature', (followUp, {request}) => ({
		...followUp,
		headers: [
			...followUp.headers,
			...only(request.headers, 'signature-input'),
			...only(request.headers, 'signature'),
		],
	})),
	'digest-names-target': altering('copies its Digest credentials', followUp => followUp),
	'referer-clean': altering('names its user and password in Referer', (followUp, {request}) => ({
		...followUp,
		headers: [
			...without(followUp.headers, 'referer'),
			['Referer', request.url.replace('//', '//ada:s3cret@')],
		],
	})),
	'origin-null-after-taint': altering(
		'names its page to wherever a foreign server sends it',
		(followUp, {request}) => ({
			...followUp,
			headers: [...without(followUp.headers, 'origin'), ...only(request.headers, 'origin')],
		}),
	),
	'preflight-redirect-not-followed': {
		does: 'follows the redirect of a preflight',
		create: () => createClient({declines: () => false}),
	},
	'original-address-kept-in-use': remembering('calls the temporary address the next time'),
	'not-cached-without-freshness': remembering('keeps a redirect that names no time'),
	'stale-redirect-not-reused': remembering('keeps a redirect for longer than it holds'),
	'unsafe-not-from-cache': remembering('uses the stored redirect of a GET for a POST'),
	'unsafe-invalidates': remembering('keeps the redirect of a GET over a POST', ['GET']),
	'method-does-not-return': recalling(
		'describes the body again that it left behind with its POST',
		'content-type',
		(_, {method}) => method === 'GET',
	),
	'loops-stopped': {
		does: 'follows 60 redirects in a circle',
		create: () => createClient({limit: 60}),
	},
	'hop-limit': {does: 'follows 30 redirects', create: () => createClient({limit: 30})},
};

type Alter = (
	followUp: WireRequest,
	step: Parameters<NonNullable<Habits['alter']>>[1],
	address: Pick<WireRequest, 'url' | 'target'>,
) => WireRequest;

function altering(does: string, alter: Alter): Deviant {
	const habits: Habits = {
		alter: (followUp, step) => alter(followUp, step, {url: followUp.url, target: followUp.target}),
	};
	return {does, create: () => createClient(habits)};
}

/** A client that remembers a field of the first request, and sends it again where it should not. */
function recalling(
	does: string,
	field: string,
	isSent: (followUp: WireRequest, request: WireRequest) => boolean,
): Deviant {
	return {
		does,
		create() {
			const first = new Map<string, HeaderLines>();
			return createClient({
				alter(followUp, {request}) {
					const lines = first.get(request.url) ?? only(request.headers, field);
					first.set(followUp.url, lines);
					if (!isSent(followUp, request)) return followUp;
					return {...followUp, headers: [...without(followUp.headers, field), ...lines]};
				},
			});
		},
	};
}

function locating(does: string, locate: NonNullable<Habits['locate']>): Deviant {
	return {does, create: () => createClient({locate})};
}

/** Sends what got no whole response a second time. */
async function insistent(request: WireRequest): Promise<WireResponse> {
	const response = await overTcp(request).catch(() => undefined);
	return response && response.status > 0 && !response.cut ? response : overTcp(request);
}

/** A client that goes to where it was once redirected, whatever it was told of that; for these methods, or for all. */
function remembering(does: string, methods?: readonly string[]): Deviant {
	const remembers = (method: string) => methods?.includes(method) ?? true;
	return {
		does,
		create() {
			const moved = new Map<string, string>();
			return createClient({
				begin: (url, method) => (remembers(method) ? (moved.get(url) ?? url) : url),
				noticed: ({request: {method, url}}, followUp) => {
					if (remembers(method)) moved.set(url, followUp.url);
				},
			});
		},
	};
}

function asGet(followUp: WireRequest): WireRequest {
	const headers = without(without(followUp.headers, 'content-type'), 'expect');
	return {...followUp, method: 'GET', headers, body: undefined};
}

function without(headers: HeaderLines, name: string): HeaderLines {
	return headers.filter(([field]) => field.toLowerCase() !== name);
}

function only(headers: HeaderLines, name: string): HeaderLines {
	return headers.filter(([field]) => field.toLowerCase() === name);
}
