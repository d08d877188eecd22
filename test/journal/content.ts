import {mkdtempSync} from 'node:fs';
import {rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {buffer} from 'node:stream/consumers';
import test from 'ava';
import {
	type Content,
	contentSize,
	firstDifference,
	peekContent,
	readContent,
	streamContent,
} from '../../src/journal/content.ts';

const mebibyte = 1024 * 1024;
const size = 2 * mebibyte + 100;

const folder = mkdtempSync(join(tmpdir(), 'content-test-'));
test.after.always(() => rm(folder, {recursive: true}));

const base = Buffer.alloc(size, 'abcdefg');
const memory = (bytes: Buffer): Content => ({kind: 'memory', bytes});
let files = 0;

async function file(bytes: Buffer): Promise<Content> {
	const path = join(folder, `${++files}`);
	await writeFile(path, bytes);
	return {kind: 'file', path, size: bytes.length, head: bytes.subarray(0, 256)};
}

const stores = {memory: async (bytes: Buffer) => memory(bytes), file};
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
		t.is(contentSize(content), size);
		t.true(base.equals(await readContent(content)));
		t.true(base.equals(await buffer(streamContent(content))));
		t.is(peekContent(content, 7).toString(), 'abcdefg');
		t.is(peekContent(content, size * 2).length, size);
		t.is(peekContent(content, 0).length, 0);
	});

test('two empty contents do not differ', async t => {
	t.is(firstDifference(memory(Buffer.alloc(0)), await file(Buffer.alloc(0))), undefined);
});

test('the first bytes of a file outlive it', async t => {
	const content: Content = {
		kind: 'file',
		path: join(folder, 'gone'),
		size,
		head: base.subarray(0, 9),
	};
	t.is(peekContent(content, 3).toString(), 'abc');
	t.is(peekContent(content, 100).toString(), 'abcdefgab');
	await t.throwsAsync(readContent(content), {code: 'ENOENT'});
});
