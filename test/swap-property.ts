import test from 'ava';
import fc from 'fast-check';
import {type Double, type ScenarioInput, startDouble} from '../src/index.ts';
import {connectTo, headOf, type RawClient} from './helpers/raw-client.ts';

const origins = ['http://a.example.test', 'http://b.example.test', 'http://c.example.test'];
const phases = ['early', 'middle', 'late'];

/** A scenario that tells at each of its origins its name, and the phase. */
interface Told {
	readonly name: string;
	readonly origins: readonly string[];
	readonly phases: readonly string[];
}

const told: fc.Arbitrary<Told> = fc.record({
	name: fc.stringMatching(/^[a-z]{3,8}$/),
	origins: fc.subarray(origins, {minLength: 1}),
	phases: fc.subarray(phases, {minLength: 1}),
});

function scenarioOf({name, origins, phases}: Told): ScenarioInput {
	return {
		name,
		phases: [...phases],
		routes: origins.flatMap(origin =>
			phases.map(phase => ({
				request: `POST ${origin}/told`,
				phase,
				response: {text: `${name} ${phase}`},
			})),
		),
	};
}

type Step =
	| {readonly does: 'swap'; readonly to: readonly Told[]}
	| {readonly does: 'fail'}
	| {readonly does: 'begin'; readonly at: number}
	| {readonly does: 'finish'}
	| {readonly does: 'switch'; readonly to: number}
	| {readonly does: 'reset'};

const step: fc.Arbitrary<Step> = fc.oneof(
	fc.record({does: fc.constant('swap' as const), to: fc.array(told, {minLength: 1, maxLength: 3})}),
	fc.record({does: fc.constant('fail' as const)}),
	fc.record({does: fc.constant('begin' as const), at: fc.nat()}),
	fc.record({does: fc.constant('finish' as const)}),
	fc.record({does: fc.constant('switch' as const), to: fc.nat()}),
	fc.record({does: fc.constant('reset' as const)}),
);

/** A request of which the body is yet to come, and the scenario and the phase in which it began. */
interface Open {
	readonly client: RawClient;
	readonly scenario: Told;
	readonly origin: string;
}

/** What is known of a double: it must agree at each step. */
class Course {
	readonly double: Double;
	readonly open: Open[] = [];
	#scenario: Told;
	#phase: string;
	#addresses: ReadonlyMap<string, string>;

	constructor(double: Double, scenario: Told) {
		this.double = double;
		this.#scenario = scenario;
		this.#phase = scenario.phases[0] ?? '';
		this.#addresses = addressesOf(double);
	}

	async take(step: Step): Promise<void> {
		const {double} = this;
		if (step.does === 'swap') await this.#swap(step.to);
		if (step.does === 'fail') await double.swap({name: 'bad', routes: []}).catch(() => {});
		if (step.does === 'begin') await this.#begin(step.at);
		if (step.does === 'finish') await this.finish();
		if (step.does === 'switch') {
			this.#phase = pick(this.#scenario.phases, step.to);
			double.switchTo(this.#phase);
		}
		if (step.does === 'reset') {
			await double.reset();
			this.#phase = this.#scenario.phases[0] ?? '';
		}
		this.#check();
	}

	/** Swaps that are asked for at once: the last one stays. */
	async #swap(to: readonly Told[]): Promise<void> {
		const before = this.double.exchanges.length;
		await Promise.all(to.map(each => this.double.swap(scenarioOf(each))));
		for (const each of to) {
			this.#scenario = each;
			if (!each.phases.includes(this.#phase)) this.#phase = each.phases[0] ?? '';
		}
		const addresses = addressesOf(this.double);
		for (const [origin, url] of addresses) {
			const known = this.#addresses.get(origin);
			const stayed = known !== undefined && to.every(each => each.origins.includes(origin));
			if (stayed && known !== url) throw new Error(`${origin} has moved`);
		}
		this.#addresses = addresses;
		if (this.double.exchanges.length !== before) throw new Error('The journal has changed.');
	}

	async #begin(at: number): Promise<void> {
		const scenario = this.#scenario;
		const origin = pick(scenario.origins, at);
		const client = await connectTo(this.double.urlOf(origin));
		const before = this.double.exchanges.length;
		client.send(headOf(['POST /told HTTP/1.1', 'Host: x', 'Content-Length: 1']));
		while (this.double.exchanges.length === before) await new Promise(setImmediate);
		this.open.push({client, scenario, origin});
	}

	/** The oldest request ends, by the scenario in which it began. */
	async finish(): Promise<void> {
		const open = this.open.shift();
		if (open === undefined) return;
		const {client, scenario, origin} = open;
		client.send('x');
		const {body, status} = await client.response();
		const [name, phase = ''] = String(body).split(' ');
		if (status !== 200 || name !== scenario.name || !scenario.phases.includes(phase))
			throw new Error(`A request that began in ${scenario.name} was told "${body}".`);
		if (scenario === this.#scenario && phase !== this.#phase)
			throw new Error(`The phase is ${this.#phase}, and "${body}" was told.`);
		// The listener of an origin that is gone closes with what went on there.
		if (!this.#scenario.origins.includes(origin)) await client.rest();
		client.leave();
	}

	#check(): void {
		const {double} = this;
		const {name, phases} = double.scenario;
		const is = {name, phases, phase: double.phase, origins: [...this.#addresses.keys()]};
		const expected = {
			name: this.#scenario.name,
			phases: this.#scenario.phases,
			phase: this.#phase,
			origins: this.#scenario.origins,
		};
		if (JSON.stringify(is) !== JSON.stringify(expected))
			throw new Error(`It is ${JSON.stringify(is)}; expected ${JSON.stringify(expected)}`);
	}
}

function addressesOf({origins}: Double): ReadonlyMap<string, string> {
	return new Map(origins.map(({documented, url}) => [documented, url]));
}

function pick<Thing>(things: readonly Thing[], at: number): Thing {
	const thing = things[at % things.length];
	if (thing === undefined) throw new Error('There is nothing to pick from.');
	return thing;
}

test('whatever is swapped when, each request is answered by the scenario that it began with', async t => {
	const property = fc.asyncProperty(
		told,
		fc.array(step, {minLength: 1, maxLength: 20}),
		async (first, steps) => {
			await using double = await startDouble(scenarioOf(first));
			const course = new Course(double, first);
			for (const each of steps) await course.take(each);
			while (course.open.length > 0) await course.finish();
		},
	);
	await t.notThrowsAsync(fc.assert(property, {numRuns: 60}));
});

test('requests that come while scenarios are swapped are answered by one of them', async t => {
	const tells = (name: string): Told => ({name, origins: origins.slice(0, 1), phases: ['early']});
	await using double = await startDouble(scenarioOf(tells('first')));
	const url = `${double.url}/told`;
	const ask = async () => (await fetch(url, {method: 'POST', body: 'x'})).text();
	for (let round = 1; round <= 10; round++) {
		const before = double.name;
		const after = `round-${round}`;
		const [, ...answers] = await Promise.all([
			double.swap(scenarioOf(tells(after))),
			...Array.from({length: 10}, ask),
		]);
		for (const answer of answers)
			t.true([`${before} early`, `${after} early`].includes(answer), answer);
		t.is(await ask(), `${after} early`);
	}
	t.is(double.exchanges.length, 110);
});
