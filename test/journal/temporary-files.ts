import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync} from 'node:fs';
import {readdir, rm, stat} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {type Double, startDouble} from '../../src/index.ts';
import {ask, connectTo, headOf} from '../helpers/raw-client.ts';

const home = mkdtempSync(join(tmpdir(), 'temporary-files-test-'));
// Each worker of AVA has an environment of its own.
process.env['TMPDIR'] = home;
test.after.always(() => rm(home, {recursive: true}));

const scenario = {
	name: 'sink',
	routes: [{request: '* https://api.example.test/*rest', response: {status: 204}}],
};
const large = 'x'.repeat(65 * 1024);

async function post(double: Double, body: string): Promise<void> {
	const before = double.exchanges.length;
	await ask(double.url, ['POST /x HTTP/1.1', 'Host: h', `Content-Length: ${body.length}`], body);
	await double.journal.waitFor(({number}) => number === before + 1);
}

/** The files that are there, as sizes. */
async function sizes(): Promise<number[]> {
	const entries = await readdir(home, {recursive: true, withFileTypes: true});
	const files = entries.filter(entry => entry.isFile());
	const stats = await Promise.all(files.map(file => stat(join(file.parentPath, file.name))));
	return stats.map(({size}) => size).sort();
}

test.serial('small bodies make no file, large ones do, and equal ones make one', async t => {
	await using double = await startDouble(scenario);
	await post(double, 'small');
	t.deepEqual(await readdir(home), []);
	await post(double, large);
	await post(double, large);
	t.deepEqual(await sizes(), [large.length]);
	await post(double, `y${large}`);
	t.deepEqual(await sizes(), [large.length, large.length + 1]);
});

test.serial('files are removed at close', async t => {
	const double = await startDouble(scenario);
	await post(double, large);
	await double.close();
	t.deepEqual(await readdir(home), []);
});

test.serial('many doubles one after another listen to the end of the process once', async t => {
	const listeners = process.listenerCount('exit');
	for (let i = 0; i < 3; i++) {
		await using double = await startDouble(scenario);
		await post(double, large);
	}
	t.true(process.listenerCount('exit') <= listeners + 1);
});

test.serial('files are removed at reset, and new ones are made after it', async t => {
	await using double = await startDouble(scenario);
	await post(double, large);
	await double.reset();
	t.deepEqual(await readdir(home), []);
	await post(double, large);
	t.deepEqual(await sizes(), [large.length]);
});

test.serial('the file of an exchange that is dropped goes with it', async t => {
	await using double = await startDouble(scenario, {maxExchanges: 1});
	await post(double, large);
	const {request} = await double.journal.waitFor(() => true);
	await ask(double.url, ['GET /x HTTP/1.1', 'Host: h']);
	await double.journal.waitFor(({number}) => number === 2);
	await t.throwsAsync(
		readUntilGone(() => request.body.bytes()),
		{code: 'BODY_GONE'},
	);
	t.deepEqual(await sizes(), []);
});

test.serial('a body that was under way at a reset leaves no file behind', async t => {
	const double = await startDouble(scenario);
	using client = await connectTo(double.url);
	client.send(headOf(['POST /x HTTP/1.1', 'Host: h', 'Content-Length: 200000']));
	client.send('x'.repeat(1000));
	while (double.exchanges.length === 0) await new Promise(resolve => setImmediate(resolve));
	await double.reset();
	client.send('x'.repeat(199_000));
	t.is((await client.response()).status, 204);
	await double.close();
	t.deepEqual(await readdir(home), []);
});

test.serial('a body that is under way at close leaves no file behind', async t => {
	const double = await startDouble(scenario);
	using client = await connectTo(double.url);
	client.send(headOf(['POST /x HTTP/1.1', 'Host: h', 'Content-Length: 2000000']));
	client.send('x'.repeat(1_000_000));
	while (double.exchanges.length === 0) await new Promise(resolve => setImmediate(resolve));
	await double.close();
	t.deepEqual(await readdir(home), []);
});

test.serial('what a killed process left behind is removed at the next start', async t => {
	const killed = runDouble(t, '');
	await saysReady(killed);
	t.deepEqual(await sizes(), [large.length]);
	killed.kill('SIGKILL');
	await once(killed, 'close');
	t.deepEqual(await sizes(), [large.length]);

	const next = runDouble(t, 'await double.close();');
	await once(next, 'close');
	t.is(next.exitCode, 0);
	t.deepEqual(await readdir(home), []);
});

test.serial('what a living process has is left alone', async t => {
	const living = runDouble(t, '');
	await saysReady(living);
	const next = runDouble(t, 'await double.close();');
	await once(next, 'close');
	t.deepEqual(await sizes(), [large.length]);
	living.kill('SIGKILL');
	await once(living, 'close');
	const last = runDouble(t, 'await double.close();');
	await once(last, 'close');
});

test.serial('a process that ends without closing its double leaves nothing behind', async t => {
	const child = runDouble(t, 'process.exit(0);');
	await once(child, 'close');
	t.is(child.exitCode, 0);
	t.deepEqual(await readdir(home), []);
});

/** A process with a double that has taken in a large body and says "ready"; then it does what `end` says. */
function runDouble(t: ExecutionContext, end: string): ChildProcess {
	const code = `
		import {startDouble} from '${new URL('../../src/index.ts', import.meta.url)}';
		const double = await startDouble(${JSON.stringify(scenario)});
		await fetch(double.url + '/x', {method: 'POST', body: 'x'.repeat(${large.length})});
		await double.journal.waitFor(() => true);
		console.log('ready');
		${end}
	`;
	const options = ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', code];
	const child = spawn(process.execPath, options, {stdio: ['ignore', 'pipe', 'inherit']});
	t.teardown(() => child.kill('SIGKILL'));
	return child;
}

async function saysReady({stdout}: ChildProcess): Promise<void> {
	if (stdout) await once(stdout, 'data');
}

/** A file is removed soon after its exchange is dropped: reads until that has happened. */
async function readUntilGone(read: () => Promise<unknown>): Promise<never> {
	for (;;) await read();
}
