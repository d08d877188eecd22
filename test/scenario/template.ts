import test from 'ava';
import fc from 'fast-check';
import {
	decodeParameter,
	fillTemplate,
	isConstant,
	parseJsonTemplate,
	parseTemplate,
	writeInJson,
} from '../../src/scenario/template.ts';

const parameters = [
	{name: 'id', wildcard: false},
	{name: 'größe', wildcard: false},
	{name: 'rest', wildcard: true},
];
const values = {id: 'a%2Fb', größe: 'XL', rest: 'c/d'};

const fills = test.macro({
	exec(t, text: string, expected: string) {
		t.is(fillTemplate(parseTemplate(text, parameters), values), expected);
	},
	title: (_, text, expected) => `fills "${text}" in as "${expected}"`,
});

test(fills, '/edge-2/uploads/:id', '/edge-2/uploads/a%2Fb');
test(fills, ':id:id', 'a%2Fba%2Fb');
test(fills, ':id.json', 'a%2Fb.json');
test(fills, ':idx and :id_x stay', ':idx and :id_x stay');
test(fills, ':größe', 'XL');
test(fills, '/mirror/*rest', '/mirror/c/d');
test(fills, '/mirror/:rest', '/mirror/c/d');
test(fills, '*id is no wildcard', '*id is no wildcard');
test(fills, '\\:id and \\*rest', ':id and *rest');
test(fills, 'C\\:\\dir', 'C:\\dir');
test(fills, '\\*nothing', '\\*nothing');
test(fills, 'https://api.example.test:8080/:other', 'https://api.example.test:8080/:other');
test(fills, '', '');

test('a text without colon, asterisk and backslash stays as it is', t => {
	fc.assert(
		fc.property(fc.string(), raw => {
			const text = raw.replace(/[:*\\]/g, '');
			const parts = parseTemplate(text, parameters);
			t.true(isConstant(parts));
			t.is(fillTemplate(parts, values), text);
		}),
	);
});

test('with every colon escaped any text comes out as it was', t => {
	fc.assert(
		fc.property(fc.string(), raw => {
			const text = raw.replace(/[\\*]/g, '');
			const parts = parseTemplate(text.replaceAll(':', '\\:'), parameters);
			t.is(fillTemplate(parts, values), text);
		}),
	);
});

test('a JSON value without placeholders becomes its own JSON text', t => {
	fc.assert(
		fc.property(fc.jsonValue(), given => {
			const value: unknown = JSON.parse(JSON.stringify(given).replaceAll('\\\\', '/'));
			const text = fillTemplate(parseJsonTemplate(value, []), {}, writeInJson);
			t.is(text, JSON.stringify(value));
		}),
	);
});

test('whatever a parameter contains, the JSON stays JSON and holds the decoded text', t => {
	const parts = parseJsonTemplate({id: ':id', ':id': ['x:id', 1, null]}, parameters);
	fc.assert(
		fc.property(fc.string({unit: 'binary'}), value => {
			const id = encodeURIComponent(value);
			const text = fillTemplate(parts, {id}, writeInJson);
			t.deepEqual(JSON.parse(text), {id: value, ':id': [`x${value}`, 1, null]});
		}),
	);
});

test('malformed percent-encoding stays as it is', t => {
	t.is(decodeParameter('100%'), '100%');
	t.is(decodeParameter('%E4'), '%E4');
	t.is(decodeParameter('%C3%A4'), 'ä');
});

test('a parameter that the path left out is the empty text', t => {
	t.is(fillTemplate(parseTemplate('/users:id', parameters), {}), '/users');
});
