import {setTimeout} from 'node:timers/promises';
import type {Double} from '../../src/double.ts';
import type {HeaderLines} from '../../src/http/header-lines.ts';
import {startDouble} from '../../src/index.ts';
import {compileScenarios} from '../../src/scenario/compile-scenarios.ts';
import {loadScenario} from '../../src/scenario/load.ts';
import {startCompiled} from '../../src/start-double.ts';
import type {Finding} from '../../src/verdict/verdict.ts';
import {type Answer, FetchClient, type Message, NetworkError} from '../clients/fetch-standard.ts';
import {Http1Wire, type Sent, sends} from '../clients/http1-wire.ts';
import {type Dial, transportOver, type Way, ways} from '../clients/transports.ts';
import type {Conversation, PlannedCall} from './any-conversation.ts';

/**
 * How long the calls of a conversation may take, in milliseconds: several calls of 21 requests, each of
 * which may wait. A double that has not answered by then hangs.
 */
const patience = 60_000;

/** What is wrong with a conversation: nothing, when there are no faults. */
export interface Played {
	readonly faults: readonly string[];
	/** Method and URL of each request that went out, in order, and the same of what was recorded. */
	readonly sent: readonly string[];
	readonly exchanges: number;
	readonly hops: number;
}

/**
 * Has a double and a conforming client play a conversation, and looks for what must not be.
 *
 * @param look finds further faults of the double, when all is over
 */
export async function play(
	conversation: Conversation,
	look: (double: Double) => readonly string[] = () => [],
): Promise<Played> {
	const way = ways.find(({name}) => name === conversation.way);
	if (way === undefined) throw new Error(`There is no way "${conversation.way}".`);
	await using double = await startFor(conversation, way);
	const sent = await converse(conversation, way, double);
	await double.settle({quiet: 5, timeout: patience});
	return {
		faults: [
			...breaches(double),
			...unrecorded(sent, double, way),
			...unsettled(double),
			...look(double),
		],
		sent: sent.map(({line, answered}) => `${line}${answered ? '' : ' (no answer)'}`),
		exchanges: double.exchanges.length,
		hops: double.hops().length,
	};
}

/** A double that is told whether one call is made at a time. */
async function startFor({scenario, calling}: Conversation, {options}: Way): Promise<Double> {
	if (calling !== 'as in grading') return startDouble(scenario, options);
	const compiled = compileScenarios([await loadScenario(scenario)]);
	return startCompiled(compiled, options ?? {}, {oneCallAtATime: true});
}

async function converse(
	{calls, calling, page, habits}: Conversation,
	way: Way,
	double: Double,
): Promise<readonly Sent[]> {
	const localOf = (documented: string) => way.urlOf(double, documented);
	const dial = onLoopback(await way.dial(double), double, way);
	const wire = way.http2 ? http2Wire(dial) : new Http1Wire(dial, habits);
	const client = new FetchClient(
		message => wire.ask(message),
		habits,
		page === undefined ? undefined : {url: page.includes('page.example') ? page : localOf(page)},
	);
	let count = 0;
	const make = async ({times, url, headers, ...call}: PlannedCall): Promise<void> => {
		for (let time = 0; time < times; time++) {
			if (mayBeTaken(url, double)) continue;
			const asked = {...call, url: localOf(url), headers: marked(headers, ++count, time)};
			await client.fetch(asked).catch(refused);
			if (calling === 'as in grading') await double.settle({quiet: 10, timeout: patience});
		}
	};
	const making = async (): Promise<void> => {
		if (calling === 'at once' && areApart(calls, double)) await Promise.all(calls.map(make));
		else for (const call of calls) await make(call);
	};
	await inTime(making());
	await wire.close();
	return wire.sent;
}

/**
 * An idempotency key and a span are those of one call, and a request id is not that of two equal ones;
 * who breaks that can't be told from one who retries (docs/decisions/0004-what-certain-means.md).
 */
function marked(headers: HeaderLines, call: number, time: number): HeaderLines {
	const span = String(call).padStart(16, '0');
	return headers.map(([name, value]) => {
		if (name === 'Idempotency-Key') return [name, `key-${call}`];
		if (name === 'traceparent') return [name, value.replace(/b{16}/, span)];
		return [name, name === 'X-Request-Id' ? `${value}-${time}` : value];
	});
}

/**
 * Whether a call would look like the follow-up of a redirect that was declined, or may be: with no token
 * nothing tells the two apart (docs/decisions/0004-what-certain-means.md).
 */
function mayBeTaken(url: string, double: Double): boolean {
	if (double.scenario.links === 'tagged') return false;
	const {pathname} = new URL(url);
	return double.hops().some(({state, redirect}) => {
		const resolved = redirect.response?.location?.resolved;
		return (
			state !== 'followed' &&
			resolved !== undefined &&
			resolved.targets.some(target => target.split('?', 1)[0] === pathname)
		);
	});
}

/** The same of calls that are made at once: whether no Location leads to where one of them begins. */
function areApart(calls: readonly PlannedCall[], {scenario}: Double): boolean {
	if (scenario.links === 'tagged') return true;
	const called = new Set(calls.map(({url}) => folderOf(url)));
	const locations = scenario.routes.flatMap(({responses = []}) =>
		responses.flatMap(({headers = {}}) => ('Location' in headers ? [headers['Location']] : [])),
	);
	return locations.every(location => {
		const folder = typeof location === 'string' ? folderOf(location) : undefined;
		return folder !== undefined && !called.has(folder);
	});
}

/** The folder of the stop that a URL is in. */
function folderOf(url: string): string | undefined {
	return /\/s\d\//.exec(url)?.[0];
}

async function inTime(making: Promise<void>): Promise<void> {
	const given = new AbortController();
	const late = setTimeout(patience, undefined, {signal: given.signal}).then(() => {
		throw new Error(`The calls did not end within ${patience} ms.`);
	});
	try {
		await Promise.race([making, late]);
	} finally {
		given.abort();
		late.catch(() => {});
	}
}

/** A call may fail: because a connection broke, or because the client declines; a mistake of the test itself may not. */
function refused(error: unknown): void {
	if (error instanceof TypeError || error instanceof RangeError) throw error;
}

/** Connects to the double and to nothing else: other addresses can't be reached. */
function onLoopback(dial: Dial, double: Double, way: Way): Dial {
	const known = new Set(
		double.origins.map(({documented}) => new URL(way.urlOf(double, documented)).origin),
	);
	return url => {
		if (known.has(new URL(url).origin)) return dial(url);
		return Promise.reject(new NetworkError(`${url} is out of reach.`));
	};
}

/** HTTP/2, a connection for each request. */
function http2Wire(dial: Dial) {
	const send = transportOver(dial);
	const sent: Sent[] = [];
	const ask = async ({method, url, target, headers, body}: Message): Promise<Answer> => {
		const line: Sent = {line: `${method} ${url.origin}${target}`, answered: false};
		sent.push(line);
		const lines = [
			['Host', url.host] as const,
			...headers.filter(([name]) => sends(name, body) && !/^trailer$/i.test(name)),
		];
		const request = {
			method,
			url: url.href,
			target,
			headers: lines,
			body: body?.bytes.toString('latin1'),
		};
		const answer = await send(request);
		line.answered = true;
		return {status: answer.status, headers: [...answer.headers]};
	};
	return {ask, sent, close: async () => {}};
}

/** Rules that are broken, policies apart: what a verdict says, and what each hop says of itself. */
function breaches(double: Double): string[] {
	const {broken} = double.verdict();
	const ofHops = double.hops().flatMap(hop => hop.findings());
	const findings = [...broken, ...ofHops.filter(({outcome}) => outcome === 'broken')];
	const texts = findings.filter(({level}) => level !== 'policy').map(inShort);
	// What is said of all of it can be printed.
	double.report();
	for (const hop of double.hops()) String(hop);
	return [...new Set(texts)];
}

function inShort({rule, level, exchanges, expected, actual, cause}: Finding): string {
	const where = `in exchanges ${exchanges.join(' and ')}`;
	return `${rule} (${level}) is broken ${where}: expected ${expected}; came ${actual}; cause: ${cause}`;
}

/** Each request that was answered is recorded once; one that got no answer may be. */
function unrecorded(sent: readonly Sent[], double: Double, way: Way): string[] {
	const left = new Map<string, number>();
	for (const {request} of double.exchanges) {
		const target = request.target.replace(/^https?:\/\/[^/?#]*/, '');
		const line = `${request.method} ${request.origin}${target}`;
		left.set(line, (left.get(line) ?? 0) + 1);
	}
	const documented = new Map(
		double.origins.map(({documented}) => [
			new URL(way.urlOf(double, documented)).origin,
			documented,
		]),
	);
	const faults: string[] = [];
	const take = (line: string): boolean => {
		const count = left.get(line) ?? 0;
		left.set(line, count - 1);
		return count > 0;
	};
	const lines = sent.map(({line, answered}) => {
		const [method = '', url = ''] = line.split(' ');
		const {origin} = new URL(url);
		return {
			line: `${method} ${documented.get(origin) ?? origin}${url.slice(origin.length)}`,
			answered,
		};
	});
	for (const {line} of lines.filter(({answered}) => answered))
		if (!take(line)) faults.push(`${line} was answered and not recorded`);
	for (const {line} of lines.filter(({answered}) => !answered)) take(line);
	for (const [line, count] of left) if (count > 0) faults.push(`${line} was recorded and not sent`);
	return faults;
}

/** What goes on although the client has left. */
function unsettled(double: Double): string[] {
	const open = double.exchanges.filter(({sealed}) => !sealed);
	const waiting = double.hops().filter(({state}) => state === 'waiting');
	return [
		...open.map(({number}) => `exchange ${number} does not end`),
		...waiting.map(({number}) => `hop ${number} waits for ever`),
	];
}
