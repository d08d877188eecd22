import test from 'ava';
import fc from 'fast-check';
import {printable} from '../../src/http/printable.ts';

const rows = [
	['plain text ~!', 'plain text ~!'],
	['a\r\n\tb', 'a\\r\\n\\tb'],
	['\x1b[31mred', '\\x1b[31mred'],
	['a\\b', 'a\\\\b'],
	['\x00\x7f', '\\x00\\x7f'],
	['é', '\\xe9'],
	['é€', '\\xc3\\xa9\\xe2\\x82\\xac'],
	['', ''],
] as const;

for (const [wire, shown] of rows)
	test(`${JSON.stringify(wire)} is shown as ${JSON.stringify(shown)}`, t => {
		t.is(printable(wire), shown);
	});

test('bytes are shown as they are', t => {
	t.is(printable(Uint8Array.of(0x41, 0xff, 0x0a)), 'A\\xff\\n');
});

test('what is cut is said, with the number of bytes', t => {
	t.is(printable('abcdef', 3), 'abc… (3 of 6 bytes)');
	t.is(printable('abc', 3), 'abc');
	t.is(printable('x'.repeat(201)), `${'x'.repeat(200)}… (200 of 201 bytes)`);
});

test('nothing of the wire is printed but printable ASCII, and nothing is lost', t => {
	fc.assert(
		fc.property(fc.uint8Array(), bytes => {
			const shown = printable(bytes);
			return /^[\x20-\x7e]*$/.test(shown) && Buffer.from(bytes).equals(readBack(shown));
		}),
	);
	t.pass();
});

test('two texts that differ are shown as two', t => {
	fc.assert(
		fc.property(fc.string({unit: 'binary'}), text => /^[\x20-\x7e]*$/.test(printable(text, 9999))),
	);
	t.pass();
});

function readBack(shown: string): Buffer {
	const named: Readonly<Record<string, string>> = {n: '\n', r: '\r', t: '\t', '\\': '\\'};
	const text = shown.replace(
		/\\(?:x([0-9a-f]{2})|(.))/g,
		(_, hex: string | undefined, name: string) =>
			hex === undefined ? (named[name] ?? '') : String.fromCharCode(Number.parseInt(hex, 16)),
	);
	return Buffer.from(text, 'latin1');
}
