import {requestTarget} from '../../http/location.ts';
import type {CompiledScenario, RequestFacts} from '../compiled.ts';
import {takesMethod} from '../methods.ts';
import type {LintCheck} from './lint-check.ts';
import {
	headerPlace,
	type Redirect,
	redirectAt,
	redirectStatusOf,
	routesFor,
	targetUrl,
} from './redirect.ts';
import {rfc} from './sources.ts';

/** So many redirects a client may follow at most in the Fetch Standard. */
const limit = 20;

export const neverEnds: LintCheck = {
	id: 'never-ends',
	severity: 'warning',
	source: rfc(
		9110,
		'15.4',
		'A client SHOULD detect and intervene in cyclical redirections (i.e., "infinite" redirection loops).',
	),
	check(redirect) {
		const phases: (string | undefined)[] = redirect.compiled.scenario.phases ?? [undefined];
		const walks = phases.flatMap(phase =>
			isInPhase(redirect.route.phases, phase) ? [walk(redirect, phase)] : [],
		);
		const endless = walks.find(({end}) => end !== 'ends');
		if (endless === undefined) return undefined;
		const message =
			endless.end === 'loop'
				? `the redirects go round in a circle: ${endless.urls.join(' → ')}`
				: `more than ${limit} redirects follow one another, and clients give up by then`;
		return {message, at: headerPlace(redirect, 'Location')};
	},
};

interface Walk {
	readonly end: 'ends' | 'loop' | 'long';
	readonly urls: readonly string[];
}

/** Follows the redirects as a client does that gets the lasting answer of every route. */
function walk(start: Redirect, phase: string | undefined): Walk {
	const urls: string[] = [];
	const asked: string[] = [];
	let method = start.methods[0] ?? 'GET';
	let at: Redirect | undefined = start;
	while (at !== undefined && urls.length <= limit) {
		const url = targetUrl(at);
		if (url === undefined) return {end: 'ends', urls};
		if (at.status === 303) method = 'GET';
		const known = asked.indexOf(`${method} ${url}`);
		if (known >= 0) return {end: 'loop', urls: [...urls.slice(known), url]};
		asked.push(`${method} ${url}`);
		urls.push(url);
		at = lastingRedirect(at.compiled, url, method, phase);
	}
	return {end: urls.length > limit ? 'long' : 'ends', urls};
}

/** The redirect that a URL is answered with in the end, or undefined when it is another answer. */
function lastingRedirect(
	compiled: CompiledScenario,
	url: string,
	method: string,
	phase: string | undefined,
): Redirect | undefined {
	const request = requestFor(url, method);
	const route = routesFor(compiled, url).find(
		({methods, conditions, phases}) =>
			takesMethod(methods, method) &&
			isInPhase(phases, phase) &&
			conditions.every(({readsUrl, miss}) => readsUrl === true && miss(request) === undefined),
	);
	if (route === undefined || typeof route.answers === 'function') return undefined;
	const {kind, responses} = route.answers;
	const lasting = kind === 'sequence' ? responses.slice(-1) : responses;
	const redirects = lasting.map(response => {
		const status = redirectStatusOf(response);
		return status !== undefined && response.times === Number.POSITIVE_INFINITY
			? redirectAt(compiled, {route, response, status, path: ''}, url)
			: undefined;
	});
	return redirects.includes(undefined) ? undefined : redirects[0];
}

/** As much of a follow-up as its URL tells. */
function requestFor(url: string, method: string): RequestFacts {
	const [path = '/', ...query] = requestTarget(url).split('?');
	return {
		method,
		path,
		query: new URLSearchParams(query.join('?')),
		headers: [],
		body: new Uint8Array(),
	};
}

function isInPhase(phases: readonly string[] | undefined, phase: string | undefined): boolean {
	return phases === undefined || phase === undefined || phases.includes(phase);
}
