import test from 'ava';
import fc from 'fast-check';
import {ScenarioError} from '../../src/errors.ts';
import {checkScenario} from '../../src/scenario/check.ts';
import {pointerTo} from '../../src/scenario/pointer.ts';
import {noPositions} from '../../src/scenario/positions.ts';
import {validateScenario} from '../../src/scenario/validate.ts';

const api = 'https://api.example.test';
const app = 'https://app.example.test';

const sound = {
	name: 'sound',
	title: 'Sound',
	callHeaders: ['x-call'],
	phases: ['begun', 'over'],
	calls: [
		{request: `POST ${api}/users`, headers: {Accept: ['a/b', 'c/d']}, json: {name: 'Ada'}},
		{request: `GET ${app}/`},
	],
	routes: [
		{request: `GET ${api}/`, phase: 'begun', response: {times: 2, switchTo: 'over'}},
		{request: `GET ${api}/`, phase: ['over'], response: {status: 204}},
		{
			request: {method: 'POST', url: `${api}/users`, headers: {'X-Id': true}, query: {a: 1}},
			response: {status: 307, headers: {Location: `${api}/v2`}, text: 'there'},
		},
		{request: `POST ${api}/users`, responses: [{times: 1}, {times: 2}, {status: 503, times: 1}]},
		{request: `POST ${api}/users`, responses: [{weight: 1}, {weight: 2}, {weight: 3}]},
		{
			request: `PUT ${api}/uploads/:id`,
			response: {status: 307, headers: {Location: '/edge/:id'}},
		},
		{request: `GET ${app}/`, response: {base64: 'AAAA'}},
		{
			request: `PUT ${app}/up/:id`,
			response: {
				answer: {afterBytes: 5},
				interim: [{status: 103, headers: {Location: '/:id', 'X-A': {base64: '/w=='}}}],
				bytesPerSecond: 5,
				fault: {truncateAfter: 2},
				text: 'of :id',
			},
		},
	],
};

const faulty = {
	...sound,
	callHeaders: ['x call'],
	calls: [
		...sound.calls,
		{request: `PSOT ${api}/users`, text: '', json: {}},
		{request: `GET ${app}.`},
	],
	routes: [
		...sound.routes,
		{request: `GTE ${api}/x`, phase: 'none', response: {status: 204, text: 'gone'}},
		{request: `PUT ${api}/up/:id`, response: {headers: {Location: '/:no', 'a b': '\n'}}},
		{request: `GET ${app}/`, response: {switchTo: 'never', base64: 'A'}},
		{request: `GET ${app}/y`, responses: [{weight: 1}, {times: 1}]},
		{request: `GET ${app}/z`, responses: [{}, {weight: 1}]},
		{request: `GET ${app}/none`},
		{
			request: {url: `${app}/json`, json: {a: 1}},
			response: {answer: 'before-body', fault: 'reset-in-head', afterwards: 'close'},
		},
		{
			request: `PUT ${app}/cut/:id`,
			response: {
				interim: [{status: 103, headers: {Location: '/:no', 'X-A': {base64: 'Cg=='}}}],
				headers: {'Content-Length': 'x'},
				fault: {truncateAfter: 5},
				text: 'cut',
			},
		},
		{request: `PUT ${app}/slow`, response: {bodyDelay: 5}},
	],
};

test('structural faults add no others to a scenario that is sound but for them', async t => {
	t.deepEqual(await problemsOf(sound), []);
	await fc.assert(
		fc.asyncProperty(damages(sound), async chosen => {
			const damaged = damage(sound, chosen);
			t.deepEqual(await problemsOf(damaged), await structuralFaults(damaged));
		}),
		{numRuns: 500},
	);
});

test('of the other faults, those found beside structural ones are found without them too', async t => {
	const known = await problemsOf(faulty);
	t.true(known.length > 18);
	await fc.assert(
		fc.asyncProperty(damages(faulty), async chosen => {
			const damaged = damage(faulty, chosen);
			const structural = await structuralFaults(damaged);
			const others = (await problemsOf(damaged)).filter(problem => !structural.includes(problem));
			t.deepEqual(
				others.filter(problem => !known.includes(problem)),
				[],
			);
		}),
		{numRuns: 500},
	);
});

async function problemsOf(data: unknown): Promise<string[]> {
	try {
		await checkScenario(data, {file: 'given'}, noPositions);
		return [];
	} catch (error) {
		if (!(error instanceof ScenarioError)) throw error;
		return error.problems.map(({path, message}) => `${path}: ${message}`).sort();
	}
}

async function structuralFaults(data: unknown): Promise<string[]> {
	const {faults} = await validateScenario(data);
	return faults.map(({path, message}) => `${path}: ${message}`).sort();
}

/** What is done to a place: its member name misspelt, or its value replaced by one that fits nowhere. */
type Damage = ReadonlyMap<string, 'name' | 'value'>;

function damages(data: object): fc.Arbitrary<Damage> {
	const one = fc.tuple(
		fc.constantFrom(...placesIn(data, '')),
		fc.constantFrom('name' as const, 'value' as const),
	);
	return fc.array(one, {minLength: 1, maxLength: 4}).map(chosen => new Map(chosen));
}

/** Anything may stand in a JSON body, so nothing in it can be damaged. */
function placesIn(value: unknown, path: string): string[] {
	if (typeof value !== 'object' || value === null || path.endsWith('/json')) return [];
	return Object.entries(value).flatMap(([name, member]) => {
		const place = path + pointerTo(name);
		return place.endsWith('/json') ? [] : [place, ...placesIn(member, place)];
	});
}

function damage(value: unknown, chosen: Damage, path = ''): unknown {
	if (Array.isArray(value)) {
		return value.map((item, index) => damageMember(item, path + pointerTo(index), chosen));
	}
	if (typeof value !== 'object' || value === null) return value;
	const members = Object.entries(value).map(([name, member]: [string, unknown]) => {
		const place = path + pointerTo(name);
		const open = /\/(?:headers|query)$/.test(path);
		const misspelt = chosen.get(place) === 'name' && !open;
		return [misspelt ? `${name}x` : name, damageMember(member, place, chosen)];
	});
	return Object.fromEntries(members);
}

function damageMember(member: unknown, place: string, chosen: Damage): unknown {
	return chosen.get(place) === 'value' ? [[]] : damage(member, chosen, place);
}
