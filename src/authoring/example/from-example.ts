import {FollowthroughError} from '../../errors.ts';
import {headerValue} from '../../http/header-lines.ts';
import {splitOrigin} from '../../http/origin.ts';
import {isRedirectStatus} from '../../http/redirect-status.ts';
import type {Authored} from '../authored.ts';
import type {DocumentedExchange, DocumentedRequest} from '../documented-exchange.ts';
import type {Note} from '../note.ts';
import {asScenarioName, nameOfRedirect, titleOf} from '../scenario-name.ts';
import {scenarioOf} from '../scenario-of-exchanges.ts';
import type {ExampleMessage, ExampleRequest} from './example-message.ts';
import {readMessages} from './read-messages.ts';

/**
 * A scenario of a documentation's example of a request and its response, or of several.
 *
 * @param text as it was copied: HTTP messages, Markdown, or what `curl -v` has told
 * @throws FollowthroughError SCENARIO_UNREADABLE when no redirect is in it, or no request before it
 */
export function fromExample(text: string, {name}: {readonly name?: string} = {}): Authored {
	const notes: Note[] = [];
	const {messages, heading} = readMessages(text, notes);
	const exchanges = pair(messages, notes);
	const redirect = exchanges.find(({response}) => isRedirectStatus(response.status));
	if (redirect === undefined) throw noRedirect(exchanges);
	const {method, url} = redirect.request;
	const {status} = redirect.response;
	const title = heading ?? titleOf(method, url, status);
	const made = scenarioOf(exchanges, {
		name: name ?? (heading && asScenarioName(heading)) ?? nameOfRedirect(url, status),
		title,
	});
	return {
		scenario: made.scenario,
		notes: [...notes, ...made.notes],
		comments: ['From an example of a documentation.'],
	};
}

/** Whether a text begins as an example does: a request with its version, a command, a heading or a fence. */
export function looksLikeExample(line: string): boolean {
	return /^\s*(?:[$#%<>*`~]|curl\s|HTTP\/\d|[A-Z]+ \S+ HTTP\/\d)/.test(line);
}

function pair(messages: readonly ExampleMessage[], notes: Note[]): DocumentedExchange[] {
	const exchanges: DocumentedExchange[] = [];
	let asked: ExampleRequest | undefined;
	let command: ExampleRequest | undefined;
	for (const message of messages) {
		if (message.kind === 'command') command = message.request;
		if (message.kind === 'request') {
			asked = merged(message.request, command);
			command = undefined;
		}
		if (message.kind !== 'response') continue;
		const {status} = message.response;
		if (status < 200) continue;
		const request: ExampleRequest | undefined = asked ?? command;
		if (request === undefined) {
			notes.push({message: `a response with ${status} was left out: no request stands before it`});
			continue;
		}
		const resolved = withUrl(request, message.response.headers, exchanges, notes);
		exchanges.push({request: resolved, response: message.response});
		asked = undefined;
		command = undefined;
	}
	if (asked !== undefined)
		notes.push({
			message: `the request ${asked.method} ${asked.target} was left out: no response stands behind it`,
		});
	return exchanges;
}

/** What a command adds to the request that curl tells of: its scheme, and its body. */
function merged(request: ExampleRequest, command: ExampleRequest | undefined): ExampleRequest {
	if (command === undefined) return request;
	return {
		...request,
		target: request.target.startsWith('/') ? command.target : request.target,
		...(request.body === undefined && command.body !== undefined && {body: command.body}),
	};
}

const assumedHost = 'api.example.test';

/** The absolute URL of a request: with its Host, or that of what stands around it, and https unless told. */
function withUrl(
	{target, ...request}: ExampleRequest,
	response: DocumentedRequest['headers'],
	before: readonly DocumentedExchange[],
	notes: Note[],
): DocumentedRequest {
	const locations = before.flatMap(
		exchange => headerValue(exchange.response.headers, 'Location') ?? [],
	);
	const place = `${request.method} ${target.split('?', 1)[0]}`;
	if (splitOrigin(target) !== undefined) return {...request, url: target};
	if (!target.startsWith('/')) {
		notes.push({place, message: 'no scheme was told, so https is assumed'});
		return {...request, url: `https://${target}`};
	}
	const host = headerValue(request.headers, 'Host') ?? headerValue(request.headers, ':authority');
	const near = [...locations.reverse(), headerValue(response, 'Location') ?? ''];
	const known = [...near, ...before.map(exchange => exchange.request.url).reverse()].map(url =>
		splitOrigin(url),
	);
	if (host !== undefined) {
		const same = known.find(parts => parts?.authority.toLowerCase() === host.toLowerCase());
		if (same) return {...request, url: same.origin + target};
		notes.push({place, message: 'no scheme was told, so https is assumed'});
		return {...request, url: `https://${host}${target}`};
	}
	const origin = known.find(parts => parts !== undefined)?.origin ?? `https://${assumedHost}`;
	notes.push({place, message: `no Host was told, so ${origin} is assumed`});
	return {...request, url: origin + target};
}

function noRedirect(exchanges: readonly DocumentedExchange[]): FollowthroughError {
	const statuses = exchanges.map(({response}) => response.status);
	const found =
		statuses.length === 0
			? 'no request with its response was found'
			: `the statuses in it are ${statuses.join(', ')}`;
	return new FollowthroughError(
		'SCENARIO_UNREADABLE',
		`the example has no redirect: expected a request such as "POST https://api.example.test/users" and a response with 301, 302, 303, 307 or 308; ${found}`,
	);
}
