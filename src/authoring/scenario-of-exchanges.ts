import {FollowthroughError} from '../errors.ts';
import {headerValues} from '../http/header-lines.ts';
import {type ResolvedLocation, requestTarget, resolveLocation} from '../http/location.ts';
import {knownMethods} from '../http/methods.ts';
import {splitOrigin} from '../http/origin.ts';
import {isRedirectStatus, type RedirectStatus} from '../http/redirect-status.ts';
import {encodeUnsendable} from '../scenario/path-pattern.ts';
import type {ScenarioInput} from '../scenario/types.ts';
import type {DocumentedExchange} from './documented-exchange.ts';
import {DraftRoutes} from './draft-routes.ts';
import {hideSecrets} from './hide-secrets.ts';
import type {Note} from './note.ts';
import {callOf, responseOf} from './written-messages.ts';

/** A redirect with where it leads. */
export interface FoundRedirect {
	readonly index: number;
	readonly status: RedirectStatus;
	readonly target: ResolvedLocation;
}

/**
 * Makes a scenario of exchanges in their order: a route for each request, and a call for each that is
 * no follow-up of a redirect before it. A target that no exchange shows gets a route that answers 200.
 * Credentials get placeholders.
 *
 * @throws FollowthroughError SCENARIO_UNREADABLE for exchanges of which none can be written
 */
export function scenarioOf(
	given: readonly DocumentedExchange[],
	about: Pick<ScenarioInput, 'name' | 'title' | 'source' | 'description'>,
): {scenario: ScenarioInput; notes: Note[]} {
	const notes: Note[] = [];
	const writable = given.filter(exchange => isWritable(exchange, notes)).map(withSendableUrl);
	const {exchanges, notes: hidden} = hideSecrets(writable);
	if (exchanges.length === 0)
		throw new FollowthroughError(
			'SCENARIO_UNREADABLE',
			['no exchange in it can be played', ...notes.map(({message}) => message)].join('; '),
		);
	const {redirects, followUps} = findChains(exchanges);
	const routes = new DraftRoutes();
	for (const {request, response} of exchanges)
		routes.add([request.method], request.url, responseOf(response, request.url, notes));
	for (const {index, status, target} of redirects) {
		const request = exchanges[index]?.request;
		if (request) notes.push(...routes.addTarget(status, request.method, target));
	}
	const starts = exchanges.filter((_, index) => !followUps.has(index));
	const calls = starts.map(({request}) => callOf(request, notes));
	const once = new Map(calls.map(call => [JSON.stringify(call), call]));
	return {
		scenario: {...about, calls: [...once.values()], routes: routes.written()},
		notes: [...hidden, ...distinct(notes)],
	};
}

/** The redirects among exchanges, and the numbers of those that follow one of them. */
export function findChains(exchanges: readonly DocumentedExchange[]): {
	redirects: FoundRedirect[];
	followUps: ReadonlyMap<number, number>;
} {
	const byUrl = new Map<string, number[]>();
	for (const [index, {request}] of exchanges.entries()) {
		const url = normalUrl(request.url);
		byUrl.set(url, [...(byUrl.get(url) ?? []), index]);
	}
	const redirects: FoundRedirect[] = [];
	const followUps = new Map<number, number>();
	for (const [index, {request, response}] of exchanges.entries()) {
		const {status, headers} = response;
		if (!isRedirectStatus(status)) continue;
		const target = resolveLocation(asWire(headerValues(headers, 'Location')), request.url);
		if (typeof target === 'string') continue;
		redirects.push({index, status, target});
		const candidates = target.targets.flatMap(way => byUrl.get(target.origin + way) ?? []);
		const next = candidates.find(later => later > index && !followUps.has(later));
		if (next !== undefined) followUps.set(next, index);
	}
	return {redirects, followUps};
}

/** Field values as resolveLocation takes them: a character for each byte. */
function asWire(values: readonly string[]): string[] {
	return values.map(value => Buffer.from(value).toString('latin1'));
}

function normalUrl(url: string): string {
	return (splitOrigin(url)?.origin ?? '') + requestTarget(url);
}

function isWritable({request, response}: DocumentedExchange, notes: Note[]): boolean {
	const place = `${request.method} ${splitOrigin(request.url)?.origin ?? ''}`;
	const {status} = response;
	if (!knownMethods.includes(request.method)) {
		notes.push({place, message: `left out: "${request.method}" is no method of this server`});
		return false;
	}
	if (Number.isInteger(status) && status >= 200 && status <= 599) return true;
	notes.push({place, message: `left out: ${status} is no status of a final response`});
	return false;
}

/** Canonical origin, and a target that a request line takes; no user name and no fragment. */
function withSendableUrl({request, response}: DocumentedExchange): DocumentedExchange {
	const target = encodeUnsendable(requestTarget(request.url));
	// An empty query is a syntax of older path patterns, and so is one that begins with a slash.
	const readable = target.replace(/\?$/, '').replace('?/', '?%2F');
	const origin = splitOrigin(request.url)?.origin ?? '';
	return {request: {...request, url: origin + readable}, response};
}

function distinct(notes: readonly Note[]): Note[] {
	return [...new Map(notes.map(note => [JSON.stringify(note), note])).values()];
}
