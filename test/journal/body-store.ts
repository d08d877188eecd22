import {mkdtempSync} from 'node:fs';
import {rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {BodyStore, type StoredContent} from '../../src/journal/body-store.ts';
import {readContent} from '../../src/journal/content.ts';
import {memoryLimit} from '../../src/journal/memory-limit.ts';

const home = mkdtempSync(join(tmpdir(), 'body-store-test-'));
// Each worker of AVA has an environment of its own.
process.env['TMPDIR'] = home;
test.after.always(() => rm(home, {recursive: true}));

/** Takes in a body in two pieces. */
async function put(store: BodyStore, bytes: Buffer): Promise<StoredContent> {
	const writer = store.writer();
	const half = bytes.length >> 1;
	for (const piece of [bytes.subarray(0, half), bytes.subarray(half)])
		if (writer.fits(piece)) writer.add(piece);
		else await writer.write(piece);
	return writer.end();
}

const sizes = [
	['small', 5, 'memory'],
	['as large as memory takes', memoryLimit, 'memory'],
	['large', memoryLimit + 1, 'file'],
] as const;

for (const [what, size, kind] of sizes)
	test(`two equal bodies that are ${what} are kept once, until both are given back`, async t => {
		const store = new BodyStore();
		const bytes = Buffer.alloc(size, 'abc');
		const one = await put(store, bytes);
		const two = await put(store, bytes);
		const other = await put(store, Buffer.alloc(size, 'xyz'));
		t.is(one.content.kind, kind);
		t.is(one.content, two.content);
		t.not(one.content, other.content);
		await store.release({sha256: one.sha256, size, kept: size});
		t.true(bytes.equals(await readContent(two.content)));
		await store.release({sha256: two.sha256, size, kept: size});
		t.not((await put(store, bytes)).content, one.content);
		await store.close();
	});

test('a body that ends after its store was closed has its size and digest, and no file', async t => {
	const store = new BodyStore();
	const bytes = Buffer.alloc(memoryLimit * 2, 'abc');
	const {sha256} = await put(store, bytes);
	const writer = store.writer();
	await writer.write(bytes.subarray(0, memoryLimit));
	await store.close();
	await writer.write(bytes.subarray(memoryLimit));
	const late = await writer.end();
	t.is(late.sha256, sha256);
	t.like(late.content, {kind: 'file', size: bytes.length});
	await t.throwsAsync(readContent(late.content), {code: 'ENOENT'});
});

test('nothing is kept of an empty body', async t => {
	const store = new BodyStore();
	const {content} = await put(store, Buffer.alloc(0));
	t.is(content.kind, 'memory');
	await store.close();
});
