import {preservesMethod} from '../../http/redirect-status.ts';
import {headerPlace, type Redirect, redirectsOf, routesFor, targetUrl} from './redirect.ts';
import type {LintCheck} from './lint-check.ts';
import {rfc} from './sources.ts';
import {takesMethod} from '../methods.ts';

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
		const walks = phases.flatMap(phase => (isIn(redirect, phase) ? [walk(redirect, phase)] : []));
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
	const urls = [start.url];
	let method = start.methods[0] ?? 'GET';
	let at: Redirect | undefined = start;
	while (at !== undefined && urls.length <= limit + 1) {
		const url = targetUrl(at);
		if (url === undefined) return {end: 'ends', urls};
		if (at.status === 303 && !preservesMethod(at.status)) method = 'GET';
		if (urls.includes(url)) return {end: 'loop', urls: [...urls.slice(urls.indexOf(url)), url]};
		urls.push(url);
		at = lastingRedirect(at, url, method, phase);
	}
	return {end: at === undefined ? 'ends' : 'long', urls};
}
