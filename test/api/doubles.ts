import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import {probe} from '../helpers/api-probe.ts';

const asked = {method: 'POST', path: '/v1/doubles', content: '{"scenario":"api-move"}'};

test.serial('a double whose CA can not be written is closed, and does not count', async t => {
	const faults: unknown[] = [];
	const {ask, doubles} = await probe(t, {onFault: fault => faults.push(fault)});
	const told: string[] = [];
	doubles.follow({added: ({id}) => told.push(id)});
	const {TMPDIR: before} = process.env;
	// Nothing can be written below a file.
	process.env['TMPDIR'] = join(fileURLToPath(import.meta.url), 'none');
	try {
		t.is((await ask(asked)).status, 500);
	} finally {
		if (before === undefined) delete process.env['TMPDIR'];
		else process.env['TMPDIR'] = before;
	}
	t.is(faults.length, 1);
	t.deepEqual([doubles.all(), told], [[], []]);
	t.is((await ask(asked)).status, 201);
	t.deepEqual(told, ['api-move']);
});
