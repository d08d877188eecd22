import {execFileSync} from 'node:child_process';
import test from 'ava';
import fc from 'fast-check';
import {printfBytes, shellQuote} from '../../src/exports/shell-quote.ts';

const rows = [
	['https://127.0.0.1:80/a,b', 'https://127.0.0.1:80/a,b'],
	['', "''"],
	['a b', "'a b'"],
	["it's", "'it'\\''s'"],
	['$HOME & `id`', "'$HOME & `id`'"],
	['a\nb', "'a\nb'"],
] as const;

for (const [word, quoted] of rows)
	test(`${JSON.stringify(word)} is quoted as ${JSON.stringify(quoted)}`, t => {
		t.is(shellQuote(word), quoted);
	});

test('a shell reads any words as they were', t => {
	const word = fc.string({unit: 'binary'}).filter(text => !text.includes('\0'));
	fc.assert(
		fc.property(fc.array(word, {minLength: 1, maxLength: 50}), words => {
			const command = `printf '%s\\0' ${words.map(shellQuote).join(' ')}`;
			t.deepEqual(shell(command).toString('utf8').split('\0').slice(0, -1), words);
		}),
		{numRuns: 20},
	);
});

test('a shell writes any bytes as they were', t => {
	fc.assert(
		fc.property(fc.uint8Array({maxLength: 300}), bytes => {
			t.deepEqual(new Uint8Array(shell(printfBytes(bytes))), bytes);
		}),
		{numRuns: 20},
	);
});

function shell(command: string): Buffer {
	return execFileSync('sh', ['-c', command]);
}
