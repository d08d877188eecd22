import {createHash} from 'node:crypto';
import {mkdtempSync} from 'node:fs';
import {readdir, rm, stat} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {BodyStore, type StoredContent} from '../../src/journal/body-store.ts';
import {firstDifference} from '../../src/journal/compare-content.ts';
import {keptSize, readContent} from '../../src/journal/content.ts';
import {bytesOf} from '../helpers/body-bytes.ts';

const home = mkdtempSync(join(tmpdir(), 'shared-beginnings-test-'));
// Each worker of AVA has an environment of its own.
process.env['TMPDIR'] = home;
test.after.always(() => rm(home, {recursive: true}));

const size = 3_000_017;
const whole = bytesOf(size);
const changedAt = (offset: number) => {
	const changed = Buffer.from(whole);
	changed[offset] = (changed[offset] ?? 0) ^ 0xff;
	return changed;
};

async function put(store: BodyStore, bytes: Buffer, pieceSize = 65_536): Promise<StoredContent> {
	const writer = store.writer();
	for (let offset = 0; offset < bytes.length; offset += pieceSize) {
		const piece = bytes.subarray(offset, offset + pieceSize);
		if (writer.fits(piece)) writer.add(piece);
		else await writer.write(piece);
	}
	return writer.end();
}

/** How many bytes the files of all stores of this module hold. */
async function onDisk(): Promise<number> {
	const entries = await readdir(home, {recursive: true, withFileTypes: true});
	const files = entries.filter(entry => entry.isFile());
	const stats = await Promise.all(files.map(file => stat(join(file.parentPath, file.name))));
	return stats.reduce((sum, file) => sum + file.size, 0);
}

function identityOf({sha256, content}: StoredContent) {
	return {sha256, size: content.size, kept: keptSize(content)};
}

async function isExactly(t: ExecutionContext, stored: StoredContent, bytes: Buffer): Promise<void> {
	t.is(stored.sha256, createHash('sha256').update(bytes).digest('hex'));
	t.is(stored.content.size, bytes.length);
	t.is(stored.content.lost, undefined);
	t.true(bytes.equals(await readContent(stored.content)));
}

const seconds: readonly (readonly [what: string, bytes: Buffer, written: number])[] = [
	['is the same', whole, 0],
	['is cut off', whole.subarray(0, 2_000_000), 0],
	['goes on', Buffer.concat([whole, bytesOf(700_001)]), 700_001],
	['differs in its last byte', changedAt(size - 1), 1],
	['differs in the middle', changedAt(1_500_000), size - 1_500_000],
	['differs behind what memory takes', changedAt(65_536), size - 65_536],
	['differs at the start', changedAt(0), size],
	['begins later', whole.subarray(100), size - 100],
];

for (const [what, bytes, written] of seconds)
	for (const pieceSize of [65_536, 10_007, 2_000_000])
		test.serial(
			`of a body that ${what}, in pieces of ${pieceSize}, what is there already is not written`,
			async t => {
				const store = new BodyStore();
				const first = await put(store, whole);
				const second = await put(store, bytes, pieceSize);
				t.is(await onDisk(), size + written);
				await isExactly(t, first, whole);
				await isExactly(t, second, bytes);
				const difference = firstDifference(first.content, second.content);
				const expected = bytes.findIndex((byte, at) => byte !== whole[at]);
				const shorter = Math.min(size, bytes.length);
				t.is(difference, expected >= 0 ? expected : bytes.equals(whole) ? undefined : shorter);
				await store.close();
			},
		);

test.serial('nothing of a body that is sent again is written while it comes in', async t => {
	const store = new BodyStore();
	await put(store, whole);
	const writer = store.writer();
	for (let offset = 0; offset < size; offset += 65_536) {
		await writer.write(whole.subarray(offset, offset + 65_536));
		t.is(await onDisk(), size);
	}
	await writer.end();
	await store.close();
});

test.serial('a shared beginning stays as long as one body needs it', async t => {
	const store = new BodyStore();
	const bodies = [whole, changedAt(2_000_000), changedAt(2_500_000), whole.subarray(0, 1_000_000)];
	const stored: StoredContent[] = [];
	for (const body of bodies) stored.push(await put(store, body));
	while (stored.length > 0) {
		for (const [index, each] of stored.entries())
			await isExactly(t, each, bodies[bodies.length - stored.length + index] ?? whole);
		const [first] = stored.splice(0, 1);
		if (first) await store.release(identityOf(first));
	}
	t.is(await onDisk(), 0);
	await store.close();
});

test.serial('a body that is dropped while another is compared with it stays readable', async t => {
	const store = new BodyStore();
	const first = await put(store, whole);
	const writer = store.writer();
	const later = changedAt(2_900_000);
	await writer.write(later.subarray(0, 2_000_000));
	await store.release(identityOf(first));
	await writer.write(later.subarray(2_000_000));
	const second = await writer.end();
	await isExactly(t, second, later);
	await store.release(identityOf(second));
	t.is(await onDisk(), 0);
	await store.close();
});

test.serial('a body goes on in a file of its own when what it shares can not be read', async t => {
	const store = new BodyStore();
	const first = await put(store, whole);
	if (first.content.kind !== 'file') return t.fail();
	await rm(first.content.parts[0]?.path ?? '');
	const second = await put(store, changedAt(size - 1));
	await isExactly(t, second, changedAt(size - 1));
	await store.close();
});

test.serial('many equal bodies at once are kept once in the end', async t => {
	const store = new BodyStore();
	const all = await Promise.all(Array.from({length: 20}, () => put(store, whole)));
	t.is(await onDisk(), size);
	t.is(new Set(all.map(({content}) => content)).size, 1);
	await isExactly(t, all[19] ?? (await put(store, whole)), whole);
	for (const each of all) await store.release(identityOf(each));
	t.is(await onDisk(), 0);
	await store.close();
});
