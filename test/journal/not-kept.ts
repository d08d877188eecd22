import {createHash} from 'node:crypto';
import {mkdtempSync} from 'node:fs';
import {open, readdir, rm, stat} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {buffer} from 'node:stream/consumers';
import test, {type ExecutionContext} from 'ava';
import {BodyStore, type BodyStoreOptions, type WritableFile} from '../../src/journal/body-store.ts';
import {StoredBody} from '../../src/journal/stored-body.ts';
import {bytesOf} from '../helpers/body-bytes.ts';

const home = mkdtempSync(join(tmpdir(), 'not-kept-test-'));
// Each worker of AVA has an environment of its own.
process.env['TMPDIR'] = home;
test.after.always(() => rm(home, {recursive: true}));

const url = 'https://api.example.test/uploads/1';
const setting = {request: {method: 'PUT', url, headers: []}, checkJson: async () => []};
const memory = 65_536;
const whole = bytesOf(2_000_003);
const changedAt = (offset: number) => {
	const changed = Buffer.from(whole);
	changed[offset] = (changed[offset] ?? 0) ^ 0xff;
	return changed;
};

async function put(store: BodyStore, bytes: Buffer): Promise<StoredBody> {
	const writer = store.writer();
	for (let offset = 0; offset < bytes.length; offset += 50_000)
		await writer.write(bytes.subarray(offset, offset + 50_000));
	return new StoredBody({...(await writer.end()), complete: true}, setting);
}

const failure = (code: string) => Object.assign(new Error(`${code}: no, write`), {code});

/** A disk with so much room for all files together; of what does not fit, the beginning is written. */
function disk(room: number, code = 'ENOSPC'): BodyStoreOptions {
	let left = room;
	const createFile = async (path: string): Promise<WritableFile> => {
		const file = await open(path, 'wx');
		const write: WritableFile['write'] = async (bytes, offset, length) => {
			if (left === 0) throw failure(code);
			const count = Math.min(length, left);
			left -= count;
			return file.write(bytes, offset, count);
		};
		return {write, close: () => file.close()};
	};
	return {createFile};
}

const noFile = (code: string): BodyStoreOptions => ({
	createFile: () => Promise.reject(failure(code)),
});

/** Writes go well, and it turns out at the end that they did not. */
const lateDisk: BodyStoreOptions = {
	createFile: async path => {
		const file = await open(path, 'wx');
		const close = async () => {
			await file.close();
			throw failure('EDQUOT');
		};
		return {write: (...args) => file.write(...args), close};
	},
};

async function holdsBeginning(
	t: ExecutionContext,
	body: StoredBody,
	sent: Buffer,
	kept: number,
): Promise<void> {
	t.is(body.size, sent.length);
	t.is(body.sha256, createHash('sha256').update(sent).digest('hex'));
	t.is(body.kept, kept);
	t.true(sent.subarray(0, kept).equals(body.preview(body.size)));
	t.true(sent.subarray(0, 200).subarray(0, kept).equals(body.preview()));
	for (const read of [
		() => body.bytes(),
		() => body.text(),
		() => body.json(),
		() => buffer(body.stream()),
	])
		await t.throwsAsync(read, {code: 'BODY_NOT_KEPT'});
}

const disks: readonly (readonly [what: string, options: BodyStoreOptions, kept: number])[] = [
	['is full at the start', disk(0), memory],
	['is full before it has what memory takes', disk(100), memory],
	['is full after a piece', disk(524_288), 524_288],
	['is full within a piece', disk(1_234_567), 1_234_567],
	['is full but for the last byte', disk(whole.length - 1), whole.length - 1],
	['has no more quota', disk(700_000, 'EDQUOT'), 700_000],
	['takes no larger file', disk(700_000, 'EFBIG'), 700_000],
	['breaks', disk(700_000, 'EIO'), 700_000],
	['lets nobody write', noFile('EACCES'), memory],
	['has no file to spare', noFile('EMFILE'), memory],
	['says at the end that it has not taken it', lateDisk, memory],
];

for (const [what, options, kept] of disks)
	test.serial(
		`a disk that ${what} keeps what fits; length and digest are those of all`,
		async t => {
			const store = new BodyStore(options);
			const body = await put(store, whole);
			t.is(body.notKept, 'disk');
			await holdsBeginning(t, body, whole, kept);
			await store.release(body);
			await store.close();
		},
	);

test.serial('a disk with just enough room keeps all', async t => {
	const store = new BodyStore(disk(whole.length));
	const body = await put(store, whole);
	t.is(body.notKept, undefined);
	t.is(body.kept, whole.length);
	t.true(whole.equals(await body.bytes()));
	// There is room for the second one, since it is the same.
	const again = await put(store, whole);
	t.is(again.notKept, undefined);
	t.true(whole.equals(await again.bytes()));
	await store.close();
});

test.serial(
	'a repeated body shares what was kept of the first, and no more is made of it',
	async t => {
		const store = new BodyStore(disk(1_000_000));
		const first = await put(store, whole);
		const second = await put(store, whole);
		await holdsBeginning(t, first, whole, 1_000_000);
		await holdsBeginning(t, second, whole, 1_000_000);
		t.is(first.firstDifference(second), undefined);
		await store.release(first);
		await holdsBeginning(t, second, whole, 1_000_000);
		await store.release(second);
		const folders = await readdir(home);
		t.deepEqual((await Promise.all(folders.map(name => readdir(join(home, name))))).flat(), []);
		await store.close();
	},
);

test.serial('a body gets all its room when another has given it back', async t => {
	let isFull = true;
	const store = new BodyStore({
		createFile: async path => {
			if (isFull) throw failure('ENOSPC');
			return open(path, 'wx');
		},
	});
	const first = await put(store, whole);
	t.is(first.kept, memory);
	isFull = false;
	const second = await put(store, whole);
	t.is(second.kept, whole.length);
	t.true(whole.equals(await second.bytes()));
	t.is(first.firstDifference(second), undefined);
	await store.close();
});

const limits = [0, 1, 200, 1000, memory - 1, memory, memory + 1, 524_288, 1_999_999] as const;

for (const limit of limits)
	for (const sent of [bytesOf(1001), bytesOf(memory), bytesOf(memory + 1), whole])
		test.serial(
			`of a body of ${sent.length} bytes, a limit of ${limit} keeps the first ones`,
			async t => {
				const store = new BodyStore({limit});
				for (const body of [await put(store, sent), await put(store, sent)]) {
					t.is(body.notKept, sent.length > limit ? 'limit' : undefined);
					if (sent.length > limit) await holdsBeginning(t, body, sent, limit);
					else t.true(sent.equals(await body.bytes()));
				}
				t.true((await largestFile()) <= limit);
				await store.close();
			},
		);

test.serial(
	'of a body that ends after the store has closed, no more than the limit is shown',
	async t => {
		for (const limit of [0, 100, 1000]) {
			const store = new BodyStore({limit});
			const writer = store.writer();
			await writer.write(whole);
			await store.close();
			const body = new StoredBody({...(await writer.end()), complete: true}, setting);
			t.is(body.kept, limit);
			t.true(whole.subarray(0, Math.min(limit, 256)).equals(body.preview(1000)));
		}
	},
);

test.serial('a body of exactly the limit is kept whole', async t => {
	const store = new BodyStore({limit: whole.length});
	const body = await put(store, whole);
	t.is(body.notKept, undefined);
	t.true(whole.equals(await body.bytes()));
	await store.close();
});

test.serial('a difference behind what was kept has no offset, and is no equality', async t => {
	const store = new BodyStore({limit: 1_000_000});
	const first = await put(store, whole);
	const early = await put(store, changedAt(999_999));
	const late = await put(store, changedAt(1_000_000));
	const longer = await put(store, Buffer.concat([whole, whole]));
	const shorter = await put(store, whole.subarray(0, 999_999));
	t.is(first.firstDifference(early), 999_999);
	t.is(first.firstDifference(shorter), 999_999);
	t.is(shorter.firstDifference(first), 999_999);
	for (const other of [late, longer]) {
		const expected = {code: 'BODY_NOT_KEPT', message: /They differ behind the first 1000000 bytes/};
		t.throws(() => first.firstDifference(other), expected);
		t.throws(() => other.firstDifference(first), expected);
	}
	await store.close();
});

test.serial('the errors say why, and what to do', async t => {
	const limited = await put(new BodyStore({limit: 10}), whole);
	await t.throwsAsync(() => limited.bytes(), {
		code: 'BODY_NOT_KEPT',
		message: `Only the first 10 of the 2000003 bytes of the body of PUT ${url} were kept: the option maxBodySize says so. Start the double with a larger one; body.preview(body.kept) has what there is.`,
	});
	const full = await put(new BodyStore(disk(0)), whole);
	const error = await t.throwsAsync(() => full.bytes(), {
		code: 'BODY_NOT_KEPT',
		message: `Only the first 65536 of the 2000003 bytes of the body of PUT ${url} were kept: the disk took no more (ENOSPC: no, write). Make room in the folder for temporary files, or name another one in the variable TMPDIR (on Windows, TEMP); body.preview(body.kept) has what there is.`,
	});
	t.like(error?.cause, {code: 'ENOSPC'});
});

test.serial(
	'where the folder for temporary files is missing, bodies are recorded all the same',
	async t => {
		process.env['TMPDIR'] = join(home, 'missing');
		const store = new BodyStore();
		const body = await put(store, whole);
		t.is(body.notKept, 'disk');
		await holdsBeginning(t, body, whole, memory);
		process.env['TMPDIR'] = home;
		const next = await put(store, changedAt(0));
		t.is(next.notKept, undefined);
		t.true(changedAt(0).equals(await next.bytes()));
		await store.close();
	},
);

/** In bytes. */
async function largestFile(): Promise<number> {
	const entries = await readdir(home, {recursive: true, withFileTypes: true});
	const files = entries.filter(entry => entry.isFile());
	const stats = await Promise.all(files.map(file => stat(join(file.parentPath, file.name))));
	return Math.max(0, ...stats.map(({size}) => size));
}
