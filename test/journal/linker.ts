import test from 'ava';
import fc from 'fast-check';
import type {HeaderLine} from '../../src/http/header-lines.ts';
import type {Exchange} from '../../src/journal/exchange.ts';
import type {Recording} from '../../src/journal/recording.ts';
import {PlainLinker} from '../helpers/plain-linker.ts';
import {SimulatedDouble} from '../helpers/simulated-traffic.ts';

const origin = 'https://api.example.test';
const routes = new Map(
	[
		['/v1/users', '/v2/users'],
		['/v1/orders', '/v2/orders?region=eu'],
		['/old/users', '/v2/users'],
		['/v0/users', '/v1/users'],
		['/self', '/self'],
	].map(([from, to]) => [origin + from, origin + to]),
);
const strayUrls = ['/users', '/V2/USERS', '/?region=eu', '/v2/orders', '/v2/orders?x=1'];
const urls = [...routes.keys(), ...routes.values(), ...strayUrls.map(path => origin + path)];

const names = ['X-Request-Id', 'Idempotency-Key', 'traceparent', 'X-Call'];

/** What happens next: a request begins, one of those that are open goes on, or a record is dropped. */
interface Step {
	readonly does: 'begin' | 'go on' | 'drop';
	/** Which of the requests that are open, or of the Locations that were sent. */
	readonly which: number;
	readonly follows: boolean;
	readonly url: string;
	readonly method: string;
	readonly body: string;
	readonly agent: string;
	readonly call: HeaderLine | undefined;
	readonly connection: number;
	readonly early: boolean;
	readonly whole: boolean;
}

const common = {
	does: fc.constantFrom('begin', 'begin', 'begin', 'go on', 'go on', 'go on', 'drop'),
	which: fc.nat(),
	follows: fc.boolean(),
	connection: fc.integer({min: 1, max: 3}),
	early: fc.boolean(),
	whole: fc.boolean(),
} as const;

/** Requests of all sorts, of which hardly two are equal, and requests that are nearly all equal. */
const kinds: Readonly<Record<'varied' | 'alike', fc.Arbitrary<Step>>> = {
	varied: fc.record({
		...common,
		url: fc.constantFrom(...urls),
		method: fc.constantFrom('POST', 'POST', 'PUT', 'GET', 'HEAD'),
		body: fc.constantFrom('', 'a', 'a', 'bb', 'bc'),
		agent: fc.constantFrom('', 'one/1', 'two/2'),
		call: fc.option(fc.tuple(fc.constantFrom(...names), fc.constantFrom('00-1-a', '00-1-b', '2')), {
			nil: undefined,
		}),
	}),
	alike: fc.record({
		...common,
		url: fc.constantFrom(...urls.slice(0, 2), ...strayUrls.map(path => origin + path).slice(0, 2)),
		method: fc.constantFrom('POST', 'PUT'),
		body: fc.constantFrom('a', 'b'),
		agent: fc.constant(''),
		call: fc.constant(undefined),
	}),
};

interface Open {
	readonly recording: Recording;
	readonly step: Step;
	isAnswered: boolean;
}

/** A double whose linker tells the plain one all that it is told. */
function watched(tagged: boolean, dropping: boolean) {
	const double = new SimulatedDouble(routes, {tagged, callFields: ['X-Call']});
	const {linker} = double.records;
	const plain = new PlainLinker(['traceparent', 'x-request-id', 'idempotency-key', 'x-call']);
	const {place, wait, revise, forget} = linker;
	linker.place = request => {
		plain.place(request);
		place.call(linker, request);
	};
	linker.wait = (number, request, direction) => {
		plain.wait(number, request, direction);
		return wait.call(linker, number, request, direction);
	};
	linker.revise = (request, redirect) => {
		plain.revise(request);
		revise.call(linker, request, redirect);
	};
	linker.forget = (exchange, redirect) => {
		plain.forget(exchange);
		forget.call(linker, exchange, redirect);
	};
	return {double, plain, dropping};
}

function begin(double: SimulatedDouble, {call, ...step}: Step, sent: readonly string[]): Recording {
	const headers: HeaderLine[] = [['Accept', '*/*']];
	if (step.agent !== '') headers.push(['User-Agent', step.agent]);
	if (step.body !== '') headers.push(['Content-Length', String(step.body.length)]);
	if (call !== undefined) headers.push(call);
	const location = step.follows ? sent[step.which % (sent.length || 1)] : undefined;
	const {method, connection} = step;
	return double.begin({method, url: location ?? step.url, headers, connection});
}

/** Does the steps, and calls `look` after each. */
function run(
	{double, dropping}: ReturnType<typeof watched>,
	steps: Step[],
	look: () => void,
): void {
	const open: Open[] = [];
	const sent: string[] = [];
	for (const each of steps) {
		const going = open[each.which % (open.length || 1)];
		const oldest = double.records.exchanges.find(({sealed}) => sealed);
		if (each.does === 'drop') {
			if (dropping && oldest !== undefined) double.records.drop(oldest);
		} else if (each.does === 'begin' || going === undefined) {
			open.push({recording: begin(double, each, sent), step: each, isAnswered: false});
		} else if (going.isAnswered || !going.step.early) {
			const {recording, step: begun} = going;
			const came = begun.whole ? begun.body : begun.body.slice(1);
			if (going.isAnswered) double.endEarly(recording, came, begun.whole);
			else sent.push(double.end(recording, begun.body) ?? begun.url);
			open.splice(open.indexOf(going), 1);
		} else {
			sent.push(double.answer(going.recording) ?? going.step.url);
			going.isAnswered = true;
		}
		look();
	}
}

for (const [kind, step] of Object.entries(kinds))
	test(`a linker finds what looking at all redirects for all requests finds, requests being ${kind}`, t => {
		const steps = fc.array(step, {minLength: 10, maxLength: 120, size: 'max'});
		fc.assert(
			fc.property(steps, fc.boolean(), fc.boolean(), (all, tagged, dropping) => {
				const watching = watched(tagged, dropping);
				const {double, plain} = watching;
				const {linker, exchanges} = double.records;
				const found = (exchange: Exchange) => {
					const redirect = linker.causeOf(exchange);
					const tie = redirect?.tie;
					return [exchange.number, redirect?.number, tie?.rank, tie?.rivals];
				};
				const expected = (exchange: Exchange) => {
					const redirect = plain.causeOf(exchange);
					const claim = redirect?.claim;
					return [exchange.number, redirect?.number, claim?.rank, claim?.rivals];
				};
				run(watching, all, () => t.deepEqual(exchanges.map(found), exchanges.map(expected)));
			}),
			{numRuns: 100},
		);
	});
