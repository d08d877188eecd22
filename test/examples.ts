import {execFile} from 'node:child_process';
import {readdirSync} from 'node:fs';
import {join} from 'node:path';
import {promisify} from 'node:util';
import test from 'ava';
import {root} from './helpers/source-files.ts';

const run = promisify(execFile);
const examples = readdirSync(join(root, 'examples')).filter(file => file.endsWith('.test.ts'));

test('there is an example of each use', t => {
	t.deepEqual(examples, [
		'api-move.test.ts',
		'follow-ups.test.ts',
		'grade-fetch.test.ts',
		'https.test.ts',
		'own-scenarios.test.ts',
	]);
});

for (const example of examples)
	test(`examples/${example} passes against the built package`, async t => {
		// The package finds itself by its own name, in dist: "npm test" has built it.
		const file = join(root, 'examples', example);
		await t.notThrowsAsync(run(process.execPath, ['--test', file], {cwd: root}));
	});
