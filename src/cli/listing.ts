import {compile} from 'path-to-regexp';
import type {CompiledRoute, CompiledScenario, PathParameters} from '../scenario/compiled.ts';
import {type CallLine, parseCallLine} from '../scenario/request-line.ts';
import {type CallContent, callContent} from './call-request.ts';
import {curlLine} from './curl-line.ts';
import {type Look, paint} from './paint.ts';

/** A scenario that is served, and where. */
export interface Listed {
	readonly compiled: CompiledScenario;
	/** The scenario's folder. */
	readonly folder?: string;
	/** The local form of a documented URL. */
	urlOf(documented: string): string;
}

/**
 * A scenario for the terminal: its title, then each documented call, and each documented URL that no
 * call asks for, with its local address and a curl line.
 */
export function formatListing(listed: Listed, look: Look): string {
	const {name, title = name, source} = listed.compiled.scenario;
	const heading = paint('bold', name, look) + (title === name ? '' : `: ${title}`);
	return [
		heading,
		...(source === undefined ? [] : [`  ${paint('dim', source, look)}`]),
		...entriesOf(listed).flatMap(entry => formatEntry(entry, look)),
	].join('\n');
}

/** A documented request, where to send it, and how. */
interface Entry {
	/** Such as `POST https://api.example.test/api/v1/users`. */
	readonly documented: string;
	readonly local: string;
	/** More than one where calls differ in their headers or body only. */
	readonly curlLines: Set<string>;
}

function entriesOf(listed: Listed): Entry[] {
	const {routes} = listed.compiled;
	const calls = readCalls(listed);
	const entries = new Map<string, Entry>();
	for (const {line, content} of calls)
		addLine(entries, listed, `${line.method} ${line.url}`, {...line, ...content});
	for (const route of routes)
		if (!calls.some(({line}) => isFor(route, line)))
			addLine(entries, listed, route.label, sample(route, calls));
	return [...entries.values()];
}

interface ReadCall {
	readonly line: CallLine;
	readonly content: CallContent;
}

function readCalls({compiled, folder}: Listed): ReadCall[] {
	return compiled.scenario.calls.flatMap(call => {
		const line = parseCallLine(call.request);
		return 'faults' in line ? [] : [{line, content: callContent(call, folder)}];
	});
}

function isFor({origin, methods, matchPath}: CompiledRoute, line: CallLine): boolean {
	const takesMethod = methods === undefined || methods.includes(line.method);
	return takesMethod && origin === line.origin && matchPath(line.path) !== undefined;
}

interface Sample extends CallContent {
	readonly method: string;
	readonly url: string;
}

function addLine(entries: Map<string, Entry>, listed: Listed, documented: string, sent: Sample) {
	const known = entries.get(documented);
	const local = known?.local ?? localOf(listed, documented);
	const entry = known ?? {documented, local, curlLines: new Set<string>()};
	entry.curlLines.add(curlLine({...sent, url: listed.urlOf(sent.url)}));
	entries.set(documented, entry);
}

function localOf({urlOf}: Listed, documented: string): string {
	return urlOf(documented.slice(documented.indexOf(' ') + 1));
}

/** A request that a route would take, as far as the scenario's calls tell: their body, their parameters. */
function sample(route: CompiledRoute, calls: readonly ReadCall[]): Sample {
	const {methods, origin, path, label} = route;
	const call = calls.find(({line}) => methods === undefined || methods.includes(line.method));
	const query = /\?.*$/.exec(label)?.[0] ?? '';
	const type = call?.content.headers.filter(([name]) => name.toLowerCase() === 'content-type') ?? [];
	return {
		method: call?.line.method ?? methods?.[0] ?? 'GET',
		url: origin + fillPath(path, parametersOf(calls, route)) + query,
		headers: type,
		...(call?.content.body !== undefined && {body: call.content.body}),
	};
}
