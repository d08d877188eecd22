import {createHash} from 'node:crypto';
import {mkdtempSync} from 'node:fs';
import {rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {BodyStore} from '../../src/journal/body-store.ts';
import {readContent} from '../../src/journal/content.ts';
import {memoryLimit} from '../../src/journal/memory-limit.ts';
import {bytesOf} from '../helpers/body-bytes.ts';

const home = mkdtempSync(join(tmpdir(), 'body-writer-test-'));
// Each worker of AVA has an environment of its own.
process.env['TMPDIR'] = home;
test.after.always(() => rm(home, {recursive: true}));

const whole = bytesOf(3_000_017);

for (const pieceSize of [997, 65_536, 700_000, whole.length])
	test(`a piece of ${pieceSize} bytes of a large body may be overwritten as soon as it is spent`, async t => {
		const store = new BodyStore();
		let spent = 0;
		const writer = store.writer(piece => {
			spent += piece.length;
			piece.fill(0);
		});
		for (let offset = 0; offset < whole.length; offset += pieceSize) {
			const piece = Buffer.from(whole.subarray(offset, offset + pieceSize));
			if (writer.fits(piece)) writer.add(piece);
			else await writer.write(piece);
		}
		t.is(spent, whole.length);
		const {content, sha256} = await writer.end();
		t.is(sha256, createHash('sha256').update(whole).digest('hex'));
		t.true(whole.equals(await readContent(content)));
		await store.close();
	});

test('a small body is stored at once, and none of its pieces is spent', async t => {
	const store = new BodyStore();
	const writer = store.writer(() => t.fail());
	for (const piece of ['he', 'll', 'o']) writer.add(Buffer.from(piece));
	const stored = writer.end();
	if (stored instanceof Promise) return t.fail();
	t.is(stored.sha256, createHash('sha256').update('hello').digest('hex'));
	t.is((await readContent(stored.content)).toString(), 'hello');
	await store.close();
});

test('what is stored of a small body holds none of the memory that came with it', async t => {
	const store = new BodyStore();
	const cameTogether = Buffer.alloc(memoryLimit, 'x');
	const writer = store.writer();
	writer.add(cameTogether.subarray(100, 105));
	const {content} = await writer.end();
	cameTogether.fill('y');
	t.is((await readContent(content)).toString(), 'xxxxx');
	await store.close();
});

test('equal bodies have one digest and one content in memory', async t => {
	const store = new BodyStore();
	const stored = await Promise.all(
		['hello', 'hello', 'other'].map(text => {
			const writer = store.writer();
			writer.add(Buffer.from(text));
			return writer.end();
		}),
	);
	t.is(stored[0], stored[1]);
	t.not(stored[0], stored[2]);
	await store.close();
});
