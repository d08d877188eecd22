import {cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {pathToFileURL} from 'node:url';
import test from 'ava';
import type {ShippedTitle} from '../../src/index.ts';

test('a shipped scenario with faults is listed by its name, beside the others', async t => {
	const folder = mkdtempSync(join(tmpdir(), 'followthrough-shipped-'));
	t.teardown(() => rmSync(folder, {recursive: true}));
	for (const part of ['src', 'package.json', 'scenarios'])
		cpSync(part, join(folder, part), {recursive: true});
	symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
	writeFileSync(join(folder, 'scenarios', 'api-move-faulty.yaml'), 'name: api-move-faulty\n');
	const {shippedScenarios}: {shippedScenarios(): Promise<ShippedTitle[]>} = await import(
		pathToFileURL(join(folder, 'src/scenario/load.ts')).href
	);
	const listed = await shippedScenarios();
	t.deepEqual(
		listed.find(({name}) => name === 'api-move-faulty'),
		{
			name: 'api-move-faulty',
			title: 'api-move-faulty',
			file: 'scenarios/api-move-faulty.yaml',
		},
	);
	t.true(listed.find(({name}) => name === 'api-move')?.title.includes(' '));
});
