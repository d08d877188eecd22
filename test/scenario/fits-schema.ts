import test from 'ava';
import fc from 'fast-check';
import {fitsSchema} from '../../src/scenario/fits-schema.ts';
import {loadScenario} from '../../src/scenario/load.ts';
import {scenarioSchema} from '../../src/scenario/schema.ts';
import {schemaFaults} from '../../src/scenario/schema-faults.ts';
import {shippedFiles} from '../../src/scenario/shipped.ts';
import {anyRequest, anyResponse, origin} from '../helpers/any-responses.ts';

/** Whether ajv finds the same, which is the judge: no, yes, and with which defaults filled in. */
function agrees(data: unknown): {ours: unknown; ajvs: unknown} {
	const [forUs, forAjv] = [structuredClone(data), structuredClone(data)];
	const fits = fitsSchema(scenarioSchema, forUs);
	const {faults} = schemaFaults(forAjv, []);
	return {ours: fits && forUs, ajvs: faults.length === 0 && forAjv};
}

const strange = fc.oneof(
	{maxDepth: 2},
	fc.constantFrom('', 'a', 'A', '\u{1f600}', '(', null, 1.5, -1),
	fc.jsonValue(),
);

/** What is right, nine times in ten. */
function mostly(right: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
	return fc.oneof({weight: 9, arbitrary: right}, {weight: 1, arbitrary: strange});
}

function listOf(item: fc.Arbitrary<unknown>, minLength = 0): fc.Arbitrary<unknown> {
	return mostly(fc.array(mostly(item), {minLength, maxLength: 2}));
}

/** A few members, and rarely one that nobody knows. */
function partOf(
	members: Readonly<Record<string, fc.Arbitrary<unknown>>>,
	needed: Readonly<Record<string, fc.Arbitrary<unknown>>>,
): fc.Arbitrary<object> {
	const some = fc.subarray(Object.entries(members), {maxLength: 3});
	const extra = fc.oneof({weight: 19, arbitrary: fc.constant({})}, fc.constant({other: 1}));
	return some
		.chain(chosen => fc.record({...needed, ...Object.fromEntries(chosen)}))
		.chain(part => extra.map(more => ({...part, ...more})));
}

const word = fc.constantFrom('a', 'a-b', 'b1');
const pattern = fc.constantFrom('a', '^[a-z]+$', '(', '\\p{L}');
const matcher = mostly(fc.oneof(word, fc.integer(), fc.boolean(), fc.record({pattern})));
const matchers = mostly(fc.dictionary(word, matcher, {maxKeys: 2}));
const url = fc.constant(`${origin}/`);
const text = fc.oneof(word, fc.record({pattern}));
const requestObject = partOf(
	{method: word, headers: matchers, query: matchers, json: strange, text},
	{url},
);
const phase = fc.oneof(word, fc.array(word, {minLength: 1, maxLength: 2}));
const fault = fc.record({truncateAfter: fc.nat(), garbage: word}, {requiredKeys: []});
const count = fc.constantFrom(0, 1, 0.5);
const placed = partOf({weight: count, times: count, switchTo: word, fault}, {});
const response = mostly(fc.oneof(anyResponse, placed));
const route = partOf(
	{phase, response, responses: listOf(response, 1)},
	{request: mostly(fc.oneof(anyRequest, requestObject))},
);
const call = partOf(
	{headers: fc.dictionary(word, listOf(word)), json: strange, text: word},
	{request: word},
);

/** Scenarios of which most is right, and anything may be wrong. */
const anyScenario = partOf(
	{
		title: mostly(word),
		links: fc.constantFrom('exact', 'tagged', 'none', null),
		callHeaders: listOf(word),
		seed: fc.constantFrom(0, -1, 1.5, '1'),
		phases: listOf(word, 1),
		enforce: listOf(word),
		calls: listOf(call),
	},
	{name: mostly(word), routes: listOf(route, 1)},
);

test('whatever a scenario has in it, ajv finds the same, and fills in the same defaults', t => {
	const fitting = {yes: 0, no: 0};
	fc.assert(
		fc.property(fc.oneof(anyScenario, strange), scenario => {
			const {ours, ajvs} = agrees(scenario);
			t.deepEqual(ours, ajvs);
			fitting[ours === false ? 'no' : 'yes'] += 1;
		}),
		{numRuns: 3000},
	);
	t.true(fitting.yes > 100 && fitting.no > 100, JSON.stringify(fitting));
});

test('the shipped scenarios are known to fit, so that none of them has to load ajv', async t => {
	for (const {path} of await shippedFiles()) {
		const {scenario} = await loadScenario(path);
		const routes = scenario.routes.map(route =>
			typeof route.response === 'function' ? {...route, response: {}} : route,
		);
		t.true(fitsSchema(scenarioSchema, structuredClone({...scenario, routes})), path);
	}
});

const sound = {name: 'sound', routes: [{request: `GET ${origin}/`}]};

for (const {what, schema} of [
	{what: 'a keyword', schema: {...scenarioSchema, ...{dependencies: {}}}},
	{what: 'a format', schema: {properties: {name: {format: 'uri'}}}},
	{what: 'a type', schema: {type: 'record'}},
])
	test(`${what} that is not understood leaves the answer to ajv`, t => {
		t.true(fitsSchema(scenarioSchema, structuredClone(sound)));
		t.false(fitsSchema(schema, structuredClone(sound)));
	});

test('a hole in a list, which a stray comma leaves, does not fit', async t => {
	const request = `GET ${origin}/x`;
	const responses = [{status: 200}, {status: 201}];
	delete responses[0];
	t.false(fitsSchema(scenarioSchema, {name: 'holes', routes: [{request, responses}]}));
	await t.throwsAsync(loadScenario({name: 'holes', routes: [{request, responses}]}), {
		code: 'SCENARIO_INVALID',
	});
});
