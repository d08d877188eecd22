import {mkdtempSync} from 'node:fs';
import {readdir, readlink, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {type Double, type Exchange, startDouble} from '../../src/index.ts';
import {bytesOf} from '../helpers/body-bytes.ts';
import {connectTo, headOf, type RawClient} from '../helpers/raw-client.ts';

const home = mkdtempSync(join(tmpdir(), 'large-uploads-test-'));
// Each worker of AVA has an environment of its own.
process.env['TMPDIR'] = home;
test.after.always(() => rm(home, {recursive: true}));

const api = 'https://api.example.test';
const scenario = {
	name: 'upload-moved',
	routes: [
		{request: `PUT ${api}/a`, response: {status: 307, headers: {Location: `${api}/b`}}},
		{request: `PUT ${api}/b`, response: {status: 201}},
	],
};
const size = 1_500_001;
const body = bytesOf(size);
const changedAt = (offset: number) => {
	const changed = Buffer.from(body);
	changed[offset] = (changed[offset] ?? 0) ^ 0xff;
	return changed;
};

async function put(double: Double, target: string, bytes: Buffer): Promise<void> {
	using client = await begin(double, target, bytes.length);
	client.send(bytes);
	await client.response();
}

async function begin(double: Double, target: string, length: number): Promise<RawClient> {
	const client = await connectTo(double.url);
	const fields = [`Host: ${new URL(double.url).host}`, `Content-Length: ${length}`];
	client.send(headOf([`PUT ${target} HTTP/1.1`, ...fields]));
	return client;
}

/** The files that are open below the folder of this module; on Linux only, elsewhere none. */
async function openFiles(): Promise<string[]> {
	const files = await readdir('/proc/self/fd').catch((): string[] => []);
	const links = files.map(file => readlink(`/proc/self/fd/${file}`).catch(() => ''));
	return (await Promise.all(links)).filter(link => link.startsWith(home));
}

/** Resolves when the double is in the middle of so many bodies that go to files. */
async function filesCame(count: number): Promise<void> {
	await until(async () => {
		const entries = await readdir(home, {recursive: true});
		return entries.filter(name => name.includes('body-')).length >= count;
	});
}

test.serial('fifty large uploads at once are all recorded, and leave no file open', async t => {
	const double = await startDouble(scenario);
	const bodies = Array.from({length: 50}, (_, index) => changedAt(index * 30_000));
	await Promise.all(bodies.map(bytes => put(double, '/a', bytes)));
	await Promise.all(bodies.map(bytes => put(double, '/b', bytes)));
	await double.journal.waitFor(() => double.exchanges.every(({sealed}) => sealed));
	t.is(double.exchanges.length, 100);
	const came = new Set(double.exchanges.map(({request}) => request.body.sha256));
	t.is(came.size, 50);
	t.true(double.exchanges.every(({request}) => request.body.kept === size));
	t.deepEqual(await openFiles(), []);
	await double.close();
	t.deepEqual(await readdir(home), []);
});

test.serial('an upload that is under way at close is sealed, and leaves no file', async t => {
	const double = await startDouble(scenario);
	using client = await begin(double, '/a', 2 ** 30);
	client.send(body);
	await filesCame(1);
	const [exchange] = double.exchanges;
	await double.close();
	await until(async () => exchange?.sealed === true);
	t.false(exchange?.request.body.complete);
	await until(async () => (await openFiles()).length === 0);
	t.deepEqual(await readdir(home), []);
});

test.serial('an upload that is under way at a reset goes on, and leaves no file', async t => {
	const double = await startDouble(scenario);
	using client = await begin(double, '/a', size);
	client.send(body.subarray(0, 1_000_000));
	await filesCame(1);
	await double.reset();
	client.send(body.subarray(1_000_000));
	t.is((await client.response()).status, 307);
	t.deepEqual(double.exchanges, []);
	await put(double, '/a', body);
	t.is((await double.journal.waitFor(() => true)).request.body.kept, size);
	await double.close();
	t.deepEqual(await openFiles(), []);
	t.deepEqual(await readdir(home), []);
});

test.serial('an upload that its client breaks off is kept as far as it came', async t => {
	await using double = await startDouble(scenario);
	await put(double, '/a', body);
	for (const bytes of [body, changedAt(0)]) {
		const before = double.exchanges.length;
		const client = await begin(double, '/b', 2 ** 30);
		client.send(bytes);
		const exchange = await begun(double, before + 1);
		client.socket.resetAndDestroy();
		const sealed = await double.journal.waitFor(({number}) => number === exchange.number);
		const came = sealed.request.body;
		t.false(came.complete);
		t.is(came.kept, came.size);
		t.true(bytes.subarray(0, came.size).equals(await came.bytes()));
	}
	t.deepEqual(await openFiles(), []);
});

/** The exchange with this number, as soon as it has begun. */
async function begun(double: Double, number: number): Promise<Exchange> {
	for (;;) {
		const exchange = double.exchanges[number - 1];
		if (exchange !== undefined) return exchange;
		await new Promise(resolve => setImmediate(resolve));
	}
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
	while (!(await isSo())) await new Promise(resolve => setImmediate(resolve));
}

test.serial('the verdict on bodies over the limit goes by size and digest', async t => {
	await using double = await startDouble(scenario, {maxBodySize: 1000});
	await put(double, '/a', body);
	await put(double, '/b', body);
	double.assertFollowedThrough();
	const {redirect} = await double.hop();
	t.is(redirect.request.body.kept, 1000);
	t.is(redirect.request.body.notKept, 'limit');

	await double.reset();
	await put(double, '/a', body);
	await put(double, '/b', changedAt(1000));
	const {broken} = double.verdict();
	t.deepEqual(
		broken.map(({rule}) => rule),
		['body-preserved'],
	);
	t.regex(String(broken[0]?.actual), /first different byte not known, since not all were kept/);

	await double.reset();
	await put(double, '/a', body);
	await put(double, '/b', changedAt(999));
	t.regex(String(double.verdict().broken[0]?.actual), /first different byte at offset 999/);
});

test.serial('the verdict on large bodies that are gone is still that they differ', async t => {
	const double = await startDouble(scenario);
	await put(double, '/a', body);
	await put(double, '/b', body.subarray(0, size - 1));
	await double.close();
	t.deepEqual(
		double.verdict().broken.map(({rule}) => rule),
		['body-preserved'],
	);
});

test.serial('without a disk, uploads are answered, recorded and judged', async t => {
	process.env['TMPDIR'] = join(home, 'missing');
	await using double = await startDouble(scenario);
	await put(double, '/a', body);
	await put(double, '/b', body);
	double.assertFollowedThrough();
	const {followUp} = await double.hop();
	const {size: came, kept, notKept, complete} = followUp.request.body;
	t.deepEqual(
		{came, kept, notKept, complete},
		{came: size, kept: 65_536, notKept: 'disk', complete: true},
	);
	process.env['TMPDIR'] = home;
});

test.serial(
	'a route that wants something of a body takes none that was not kept whole',
	async t => {
		const request = {method: 'PUT', url: `${api}/a`, json: 12};
		const picky = {name: 'picky', routes: [{request, response: {status: 201}}]};
		await using double = await startDouble(picky, {maxBodySize: 2});
		await put(double, '/a', Buffer.from('12'));
		await put(double, '/a', Buffer.from('1234'));
		await double.journal.waitFor(({number}) => number === 2);
		t.deepEqual(
			double.exchanges.map(({response}) => response?.status),
			[201, 501],
		);
		t.deepEqual(double.exchanges[1]?.miss?.reasons, [
			'JSON body: not all of its 4 bytes were kept (see the option maxBodySize, or the disk is full), so nothing is known of it',
		]);
	},
);

test.serial('of a body that broke off and was not kept, nothing is guessed', async t => {
	const early = {status: 307, headers: {Location: `${api}/b`}, answer: 'before-body'} as const;
	const [, target] = scenario.routes;
	if (target === undefined) return t.fail();
	const routes = [{request: `PUT ${api}/a`, response: early}, target];
	await using double = await startDouble({name: 'early', routes}, {maxBodySize: 1000});
	const client = await begin(double, '/a', size);
	client.send(body.subarray(0, 200_000));
	await client.response();
	client.leave();
	await double.journal.waitFor(({sealed}) => sealed);
	await put(double, '/b', body);
	const {notObserved} = double.verdict();
	const finding = notObserved.find(({rule}) => rule === 'body-preserved');
	t.regex(String(finding?.reason), /^not all bytes of these bodies were kept/);
});
