import {mkdtempSync} from 'node:fs';
import {rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {buffer} from 'node:stream/consumers';
import test from 'ava';
import {firstDifference} from '../../src/journal/compare-content.ts';
import {
	type Content,
	keptSize,
	peekContent,
	readContent,
	streamContent,
} from '../../src/journal/content.ts';
import type {Part} from '../../src/journal/parts.ts';

const mebibyte = 1024 * 1024;
const size = 2 * mebibyte + 100;

const folder = mkdtempSync(join(tmpdir(), 'content-test-'));
test.after.always(() => rm(folder, {recursive: true}));

const base = Buffer.alloc(size, 'abcdefg');
const memory = (bytes: Buffer): Content => ({kind: 'memory', bytes, size: bytes.length});
let files = 0;

/** Content in files that each hold so many bytes of it. */
async function filed(bytes: Buffer, partSize: number): Promise<Content> {
	const parts: Part[] = [];
	for (let offset = 0; offset < bytes.length; offset += partSize) {
		const part = bytes.subarray(offset, offset + partSize);
		const path = join(folder, `${++files}`);
		// More in the file than belongs to the body, as when its beginning alone is shared.
		await writeFile(path, Buffer.concat([part, Buffer.from('more')]));
		parts.push({path, length: part.length});
	}
	return {kind: 'file', parts, size: bytes.length, head: bytes.subarray(0, 256)};
}

const stores = {
	memory: async (bytes: Buffer) => memory(bytes),
	'a file': (bytes: Buffer) => filed(bytes, size),
	'three files': (bytes: Buffer) => filed(bytes, mebibyte - 7),
};
const offsets = [0, 1, mebibyte - 1, mebibyte, mebibyte + 1, 2 * mebibyte - 1, 2 * mebibyte];

for (const [left, storeLeft] of Object.entries(stores))
	for (const [right, storeRight] of Object.entries(stores))
		test(`the first difference of ${left} and ${right} is found wherever it is`, async t => {
			const a = await storeLeft(base);
			t.is(firstDifference(a, await storeRight(base)), undefined);
			for (const offset of [...offsets, size - 1]) {
				const changed = Buffer.from(base);
				changed[offset] = 0;
				t.is(firstDifference(a, await storeRight(changed)), offset);
				t.is(firstDifference(await storeRight(changed), a), offset);
			}
			for (const length of offsets)
				t.is(firstDifference(a, await storeRight(base.subarray(0, length))), length);
		});

for (const [name, store] of Object.entries(stores))
	test(`content in ${name} is read, streamed and peeked at`, async t => {
		const content = await store(base);
		t.is(keptSize(content), size);
		t.true(base.equals(await readContent(content)));
		t.true(base.equals(await buffer(streamContent(content))));
		t.is(peekContent(content, 7).toString(), 'abcdefg');
		t.is(peekContent(content, size * 2).length, size);
		t.is(peekContent(content, 0).length, 0);
	});

test('two empty contents do not differ', async t => {
	t.is(firstDifference(memory(Buffer.alloc(0)), await filed(Buffer.alloc(0), 1)), undefined);
});

test('the first bytes of a file outlive it', async t => {
	const content: Content = {
		kind: 'file',
		parts: [{path: join(folder, 'gone'), length: size}],
		size,
		head: base.subarray(0, 9),
	};
	t.is(peekContent(content, 3).toString(), 'abc');
	t.is(peekContent(content, 100).toString(), 'abcdefgab');
	await t.throwsAsync(readContent(content), {code: 'ENOENT'});
});

const limited = (bytes: Buffer, kept: number): Content => ({
	kind: 'memory',
	bytes: bytes.subarray(0, kept),
	size: bytes.length,
	lost: {why: 'limit'},
});
const changedAt = (offset: number) => {
	const changed = Buffer.from(base);
	changed[offset] = 0;
	return changed;
};

const partly: readonly (readonly [
	what: string,
	left: Content,
	right: Content,
	found: number | 'unknown' | undefined,
])[] = [
	['lies in what was kept', limited(base, 50), memory(changedAt(49)), 49],
	['lies behind what was kept of one', limited(base, 50), memory(changedAt(50)), 'unknown'],
	['lies behind what was kept of the other', memory(changedAt(50)), limited(base, 50), 'unknown'],
	['is the end of the one that was kept', memory(base.subarray(0, 50)), limited(base, 50), 50],
	[
		'is the end of one, behind what was kept',
		memory(base.subarray(0, 60)),
		limited(base, 50),
		'unknown',
	],
	['may be anywhere, or nowhere', limited(base, 50), limited(base, 60), 'unknown'],
	['lies in all that was kept of two', limited(base, 50), limited(changedAt(7), 60), 7],
];

for (const [what, left, right, found] of partly)
	test(`a difference that ${what} is ${found === 'unknown' ? 'not guessed' : 'found'}`, t => {
		t.is(firstDifference(left, right), found);
	});

test('what two contents are known to share is not read', async t => {
	const [common, one, other] = ['gone', 'one', 'other'].map(name => join(folder, name));
	if (common === undefined || one === undefined || other === undefined) return t.fail();
	await writeFile(one, 'abx');
	await writeFile(other, 'aby');
	const inParts = (path: string): Content => ({
		kind: 'file',
		parts: [
			{path: common, length: 5_000_000_000},
			{path, length: 3},
		],
		size: 5_000_000_003,
		head: base.subarray(0, 256),
	});
	t.is(firstDifference(inParts(one), inParts(other)), 5_000_000_002);
});

test('a file that lost bytes is not read as if it had them', async t => {
	const path = join(folder, 'truncated');
	await writeFile(path, 'abc');
	const content: Content = {
		kind: 'file',
		parts: [{path, length: 300}],
		size: 300,
		head: base.subarray(0, 3),
	};
	const expected = {message: /shorter than what was written/};
	await t.throwsAsync(readContent(content), expected);
	await t.throwsAsync(buffer(streamContent(content)), expected);
	t.throws(() => firstDifference(content, memory(base)), expected);
	t.is(peekContent(content, 300).toString(), 'abc');
});
