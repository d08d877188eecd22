import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {fileURLToPath} from 'node:url';
import test from 'ava';

const file = fileURLToPath(new URL('../../src/cli/stop-asked.ts', import.meta.url));

/** A process that takes its time to stop, until its input ends. */
const program = `
import {stopAsked} from ${JSON.stringify(file)};
const stop = stopAsked();
console.log('running');
process.stdin.resume();
await stop;
console.log('stopping');
`;

async function running() {
	const child = spawn(process.execPath, ['--input-type=module', '-e', program]);
	let printed = '';
	child.stdout.setEncoding('utf8').on('data', text => {
		printed += text;
	});
	const end = once(child, 'close');
	const until = async (text: string) => {
		while (!printed.includes(text)) await once(child.stdout, 'data');
	};
	await until('running');
	return {child, end, until};
}

for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
	test(`${name} asks to stop, and the process takes its time`, async t => {
		const {child, end, until} = await running();
		child.kill(name);
		await until('stopping');
		child.stdin.end();
		t.deepEqual(await end, [0, null]);
	});

test('another signal ends the process at once', async t => {
	const {child, end, until} = await running();
	child.kill('SIGINT');
	await until('stopping');
	child.kill('SIGTERM');
	t.deepEqual(await end, [143, null]);
});

test('a second Ctrl+C ends the process at once, one that npm passes on does not', async t => {
	const {child, end, until} = await running();
	child.kill('SIGINT');
	child.kill('SIGINT');
	await until('stopping');
	t.is(child.exitCode, null);
	// Nobody knows when a person presses it again.
	while (child.exitCode === null) {
		child.kill('SIGINT');
		await Promise.race([end, new Promise(resolve => setTimeout(resolve, 50))]);
	}
	t.deepEqual(await end, [130, null]);
});
