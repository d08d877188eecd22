import {readFileSync} from 'node:fs';
import test from 'ava';
import {schemaFileText} from '../../src/scenario/schema-file.ts';

test('scenario.schema.json is what the schema in the code says', t => {
	const file = new URL('../../scenario.schema.json', import.meta.url);
	t.is(readFileSync(file, 'utf8'), schemaFileText());
});
