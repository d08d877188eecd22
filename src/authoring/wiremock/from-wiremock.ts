import {FollowthroughError} from '../../errors.ts';
import {originOf} from '../../http/origin.ts';
import {isSecretName} from '../../http/secrets.ts';
import {readRequest} from '../../scenario/requests-of.ts';
import {findShadowed, standingRoutes} from '../../scenario/shadowed-routes.ts';
import type {RouteInput, ScenarioInput} from '../../scenario/types.ts';
import {validateScenario} from '../../scenario/validate.ts';
import type {Authored} from '../authored.ts';
import type {Note} from '../note.ts';
import {isObject, type JsonObject, listAt, numberAt, objectAt} from '../unknown-json.ts';
import {type Stub, StubNotes} from './stub.ts';
import {type StubRequest, stubRequest} from './stub-request.ts';
import {stubResponse} from './stub-response.ts';
import {StubStates} from './stub-states.ts';

/** A file of mappings, read as JSON. */
export interface WireMockFile {
	/** As messages name it. */
	readonly file: string;
	readonly data: unknown;
}

export interface WireMockOptions {
	/** The origin that the stubs stand for, such as `https://api.example.test`. */
	readonly origin?: string;
	readonly name?: string;
	/** Reads a `bodyFileName` for a mapping of this file. */
	readonly readBody?: (file: string, name: string) => Uint8Array | undefined;
}

/** Whether data is a stub mapping, or several. */
export function isWireMock(data: unknown): boolean {
	return isObject(data) && (Array.isArray(data['mappings']) || isObject(data['request']));
}

/**
 * A scenario of the stub mappings of WireMock, in files of one or of several.
 *
 * @throws FollowthroughError SCENARIO_UNREADABLE for files without a mapping that can be converted,
 *   OPTION_INVALID when the origin is missing or is none
 */
export async function fromWireMock(
	files: readonly WireMockFile[],
	{origin, name = 'wiremock', readBody = () => undefined}: WireMockOptions = {},
): Promise<Authored> {
	const notes: Note[] = [];
	const stubs = files.flatMap(stubsOf);
	const base = readOrigin(origin, stubs);
	const states = new StubStates(stubs);
	const drafts = stubs.flatMap(stub => {
		const about = new StubNotes(stub.place, notes);
		noteIdle(stub.data, about);
		const request = stubRequest(objectAt(stub.data, 'request'), base, about);
		if (request === undefined) return [];
		const read = (body: string) => readBody(stub.file, body);
		const response = stubResponse(objectAt(stub.data, 'response'), request.url, read, about);
		const routes = states.routesOf(stub, shortened(request), response, about);
		return routes.map(
			(route): Draft => ({
				route,
				place: stub.place,
				address: request.matcher.url.split('?', 1)[0] ?? '',
				looser: request.looser,
				priority: numberAt(stub.data, 'priority') ?? 5,
			}),
		);
	});
	const ordered = inOrder(drafts);
	const names = files.length > 3 ? `${files.length} files` : files.map(({file}) => file).join(', ');
	if (ordered.length === 0)
		throw unreadable(
			[
				`${names} has no mapping that can be converted`,
				...notes.map(each => `  ${each.place}: ${each.message}`),
			].join('\n'),
		);
	const made: ScenarioInput = {
		name,
		title: `Stub mappings of WireMock, from ${names}`,
		...(states.phases && {phases: states.phases}),
		routes: ordered.map(({route}) => route),
	};
	const idle = await shadowedRoutes(made);
	for (const [second, first] of idle)
		notes.push({
			place: ordered[second]?.place ?? '',
			message: `never answers, and was left out: ${ordered[first]?.place} takes the same requests before it`,
		});
	const routes = made.routes.filter((_, index) => !idle.has(index));
	return {
		scenario: {...made, routes},
		notes,
		comments: [`From stub mappings of WireMock: ${names}.`],
	};
}

function stubsOf({file, data}: WireMockFile): Stub[] {
	if (!isWireMock(data) || !isObject(data))
		throw unreadable(
			`${file} is no stub mapping of WireMock: expected an object with "request" and "response", or with "mappings"`,
		);
	if (!Array.isArray(data['mappings'])) return [{file, place: file, data}];
	return listAt(data, 'mappings').map((each, index) => ({
		file,
		place: `${file}, mapping ${index + 1}`,
		data: isObject(each) ? each : {},
	}));
}

function readOrigin(origin: string | undefined, stubs: readonly Stub[]): string | undefined {
	if (origin !== undefined) {
		const canonical = originOf(origin);
		if (canonical !== undefined && /^https?:\/\/[^/?#]+\/?$/i.test(origin)) return canonical;
		throw invalid(
			`the origin "${origin}" can't be used: expected scheme and host, such as "https://api.example.test"`,
		);
	}
	if (stubs.every(({data}) => objectAt(data, 'request')['host'] !== undefined)) return undefined;
	throw invalid(
		'stub mappings have no host of their own: say which server they stand for with --origin, such as "--origin https://api.example.test"',
	);
}

/** A route that was made of a stub. */
interface Draft {
	readonly route: RouteInput;
	readonly place: string;
	/** Origin and path of the route. */
	readonly address: string;
	readonly looser: boolean;
	readonly priority: number;
}

/**
 * A lower priority comes first, and of equal ones what came later. What became looser than its stub goes
 * behind the other routes of its address, from which it would take requests.
 */
function inOrder(drafts: readonly Draft[]): Draft[] {
	const ranked = [...drafts].reverse().sort((a, b) => a.priority - b.priority);
	const last = new Map(ranked.map(({address}, index) => [address, index]));
	const orderOf = (draft: Draft, index: number) =>
		draft.looser ? (last.get(draft.address) ?? index) + 0.5 : index;
	return ranked
		.map((draft, index) => ({draft, order: orderOf(draft, index)}))
		.sort((a, b) => a.order - b.order)
		.map(({draft}) => draft);
}

/** A request without conditions is written as a line. */
function shortened({matcher}: StubRequest): RouteInput['request'] {
	const {method, url, ...conditions} = matcher;
	return Object.keys(conditions).length === 0 ? `${method} ${url}` : matcher;
}

/** What does nothing here, or needs a look. */
function noteIdle(data: JsonObject, notes: StubNotes): void {
	for (const member of ['postServeActions', 'serveEventListeners'])
		if (listAt(data, member).length > 0 || Object.keys(objectAt(data, member)).length > 0)
			notes.add(member, 'has no equivalent, and was left out');
	for (const part of ['request', 'response'])
		for (const name of Object.keys(objectAt(objectAt(data, part), 'headers')))
			if (isSecretName(name))
				notes.add(`${part}.headers.${name}`, 'stands as it was, and may be secret');
}

/** The numbers of routes that never answer, each with that of the one in its way. */
async function shadowedRoutes(made: ScenarioInput): Promise<ReadonlyMap<number, number>> {
	const {scenario} = await validateScenario(made);
	if (scenario === undefined || scenario.routes.some(route => 'faults' in readRequest(route)))
		return new Map();
	return new Map(
		findShadowed(standingRoutes(scenario)).map(({first, second}) => [second.index, first.index]),
	);
}

function unreadable(message: string): FollowthroughError {
	return new FollowthroughError('SCENARIO_UNREADABLE', message);
}

function invalid(message: string): FollowthroughError {
	return new FollowthroughError('OPTION_INVALID', message);
}
