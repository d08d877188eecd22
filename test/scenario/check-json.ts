import test from 'ava';
import {checkJson} from '../../src/scenario/check-json.ts';

const schema = {
	type: 'object',
	properties: {
		name: {type: 'string', minLength: 2, maxLength: 4},
		age: {type: ['integer', 'null'], exclusiveMaximum: 150, minimum: 0},
		role: {enum: ['admin', 'guest', 3]},
		kind: {const: 'user'},
		tags: {type: 'array', maxItems: 2, uniqueItems: true, items: {type: 'string', pattern: '^a'}},
		id: {oneOf: [{type: 'number'}, {type: 'string', minLength: 3}]},
		mail: {type: 'string', format: 'email'},
		half: {multipleOf: 0.5},
		counts: {type: 'object', minProperties: 2, maxProperties: 3},
	},
	required: ['name'],
	additionalProperties: false,
} as const;

const finds = test.macro({
	exec(t, data: object, ...faults: readonly string[]) {
		t.deepEqual(checkJson(schema, data), faults);
	},
	title: (_, data) => `checks ${JSON.stringify(data)}`,
});

test(finds, {name: 'Ada', age: null, role: 3, kind: 'user', tags: ['a'], id: 'abc', mail: 'x'});
test(finds, [], '/: expected an object, found an empty list');
test(finds, {}, '/: "name" is missing');
test(finds, {name: 'A'}, '/name: expected 2 characters or more, found 1');
test(finds, {name: 'Adele'}, '/name: expected 4 characters at most, found 5');
test(finds, {name: 'Ada', age: 'x'}, '/age: expected a whole number or null, found "x"');
test(
	finds,
	{name: 'Ada', age: -1},
	'/age: expected a number that is 0 at least, found the number -1',
);
test(finds, {name: 'Ada', age: 150}, '/age: expected a number below 150, found the number 150');
test(
	finds,
	{name: 'Ada', role: 'gest'},
	'/role: expected "admin", "guest" or 3, found "gest"; did you mean "guest"?',
);
test(finds, {name: 'Ada', counts: {a: 1}}, '/counts: expected 2 properties at least, found 1');
test(
	finds,
	{name: 'Ada', counts: {a: 1, b: 2, c: 3, d: 4}},
	'/counts: expected 3 properties at most, found 4',
);
test(finds, {name: 'Ada', kind: 'dog'}, '/kind: expected "user", found "dog"');
test(
	finds,
	{name: 'Ada', tags: ['a', 'a', 'b']},
	'/tags: expected a list of 2 at most, found one of 3',
	'/tags/2: expected text that matches /^a/, found "b"',
	'/tags: the items 0 and 1 are equal (counted from 0)',
);
test(finds, {name: 'Ada', id: 'x'}, '/id: expected 3 characters or more, found 1');
test(finds, {name: 'Ada', id: true}, '/id: expected a number or text, found true');
test(finds, {name: 'Ada', half: 0.3}, '/half: must be multiple of 0.5, found the number 0.3');
test(
	finds,
	{name: 'Ada', nmae: 1},
	'/nmae: unknown property "nmae"; did you mean "name"? (known here: name, age, role, kind, tags, id, mail, half, counts)',
);
test(finds, {name: '\u001b[31m'}, '/name: expected 4 characters at most, found 5');
test(
	finds,
	{name: 'Ada', role: '\u001b[31m'},
	'/role: expected "admin", "guest" or 3, found "\\x1b[31m"',
);

test('a schema that is no schema is said to be none', t => {
	t.throws(() => checkJson({type: 'strnig'}, 1), {
		code: 'OPTION_INVALID',
		message: /^the JSON Schema can't be used: /,
	});
});

test('true takes all and false takes nothing', t => {
	t.deepEqual(checkJson(true, 1), []);
	t.deepEqual(checkJson(false, 1), ['/: expected nothing here, found the number 1']);
});
