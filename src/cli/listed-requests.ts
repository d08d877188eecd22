import {parse, type Token} from 'path-to-regexp';
import {type CallContent, callContent} from '../scenario/call-content.ts';
import type {CompiledRoute, CompiledScenario, PathParameters} from '../scenario/compiled.ts';
import {takesMethod} from '../scenario/methods.ts';
import {type CallLine, parseCallLine} from '../scenario/request-line.ts';

/** A scenario that is to be listed. */
export interface Listed {
	readonly compiled: CompiledScenario;
	/** The folder it was read from. */
	readonly folder?: string | undefined;
}

/** A request as documented, and what can be sent to try it. */
export interface ListedRequest {
	/** Such as `POST https://api.example.test/api/v1/users`. */
	readonly documented: string;
	/** The URL in it. */
	readonly url: string;
	/** At least one; more where calls differ in headers or body only. */
	readonly samples: readonly Sample[];
}

/** A request that can be sent. */
export interface Sample extends CallContent {
	readonly method: string;
	/** In its documented form, without parameters. */
	readonly url: string;
}

/** The calls of a scenario in order, then its routes that no call asks for; each request once. */
export function listedRequests({compiled, folder}: Listed): ListedRequest[] {
	const calls = compiled.scenario.calls.flatMap(call => {
		const line = parseCallLine(call.request);
		return 'faults' in line ? [] : [{...line, ...callContent(call, folder)}];
	});
	const uncalled = compiled.routes.filter(route => !calls.some(call => takes(route, call)));
	const parameters = parametersOf(compiled.routes, calls);
	const byRequest = new Map<string, Sample[]>();
	const add = (documented: string, sample: Sample) =>
		byRequest.set(documented, [...(byRequest.get(documented) ?? []), sample]);
	for (const call of calls) add(`${call.method} ${call.url}`, call);
	for (const route of uncalled) add(route.label, sampleFor(route, calls, parameters));
	return [...byRequest].map(([documented, samples]) => ({
		documented,
		url: documented.slice(documented.indexOf(' ') + 1),
		samples,
	}));
}

type ReadCall = CallLine & CallContent;

function takes({origin, methods, matchPath}: CompiledRoute, call: CallLine): boolean {
	return (
		takesMethod(methods, call.method) &&
		origin === call.origin &&
		matchPath(call.path) !== undefined
	);
}

/** The values that the calls give to the parameters of paths, by name. */
function parametersOf(
	routes: readonly CompiledRoute[],
	calls: readonly CallLine[],
): PathParameters {
	const matches = calls.flatMap(({path}) => routes.map(route => route.matchPath(path) ?? {}));
	return Object.fromEntries(matches.reverse().flatMap(match => Object.entries(match)));
}

/** What a client would send to a route, as far as the calls tell: their body and parameters. */
function sampleFor(
	{methods, origin, path, label}: CompiledRoute,
	calls: readonly ReadCall[],
	parameters: PathParameters,
): Sample {
	const call = calls.find(({method}) => takesMethod(methods, method));
	const headers = call?.headers.filter(([name]) => name.toLowerCase() === 'content-type') ?? [];
	return {
		method: call?.method ?? methods?.[0] ?? 'GET',
		url: origin + fill(parse(path).tokens, parameters) + (/\?.*$/.exec(label)?.[0] ?? ''),
		headers,
		...(call?.body !== undefined && {body: call.body}),
	};
}

/** A path of the pattern; a parameter of unknown value is filled with its name. */
function fill(tokens: readonly Token[], parameters: PathParameters): string {
	return tokens
		.map(token => {
			if (token.type === 'text') return token.value;
			if (token.type === 'group') return fill(token.tokens, parameters);
			return parameters[token.name] || encodeURIComponent(token.name);
		})
		.join('');
}
