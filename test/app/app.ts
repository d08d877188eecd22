import test from 'ava';
import {DoubleApp} from '../../src/app/app.ts';

for (const [code, prints] of [
	['ECONNRESET', false],
	['ERR_HTTP2_TOO_MANY_INVALID_FRAMES', false],
	['ERR_STREAM_PREMATURE_CLOSE', false],
	['ERR_HTTP2_INVALID_HEADER_VALUE', true],
	['ENOENT', true],
] as const)
	test.serial(
		`an error with the code ${code} is ${prints ? 'printed' : 'a matter of the client, and of the record'}`,
		t => {
			const printed: unknown[] = [];
			const {error: print} = console;
			console.error = (...words: unknown[]) => void printed.push(...words);
			t.teardown(() => {
				console.error = print;
			});
			new DoubleApp().onerror(Object.assign(new Error('It broke.'), {code}));
			t.is(printed.length > 0, prints);
		},
	);
