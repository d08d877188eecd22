import test from 'ava';
import {type Double, startDouble} from '../../src/index.ts';
import {createGate} from '../helpers/gate.ts';
import {ask} from '../helpers/raw-client.ts';

const api = 'https://api.example.test';
const scenario = {name: 'sink', routes: [{request: `* ${api}/*rest`, response: {status: 204}}]};

async function get(double: Double, path: string): Promise<void> {
	await ask(double.url, [`GET ${path} HTTP/1.1`, 'Host: h']);
}

/** Collects targets as they come, until the journal ends; `seen` says when there are so many. */
function follow(double: Double) {
	const targets: string[] = [];
	const waiting = new Map<number, () => void>();
	const done = (async () => {
		for await (const {request, sealed} of double.journal) {
			targets.push(sealed ? request.target : 'not sealed');
			waiting.get(targets.length)?.();
		}
	})();
	const seen = (count: number) => new Promise<void>(resolve => waiting.set(count, resolve));
	return {targets, done, seen};
}

for (const end of ['close', 'reset'] as const)
	test(`a journal gives what is sealed first, then what comes, and ends at ${end}`, async t => {
		await using double = await startDouble(scenario);
		await get(double, '/1');
		await get(double, '/2');
		await double.journal.waitFor(({number}) => number === 2);
		const {targets, done, seen} = follow(double);
		const three = seen(3);
		await get(double, '/3');
		await three;
		await double[end]();
		await done;
		t.deepEqual(targets, ['/1', '/2', '/3']);
	});

test('an exchange is given when it is sealed, whatever the order in which they began', async t => {
	await using double = await startDouble(scenario);
	const slow = createGate();
	const held = createGate();
	double.app.use(async (ctx, next) => {
		if (ctx.path === '/slow') {
			held.open();
			await slow.passed;
		}
		await next();
	});
	const {targets, done, seen} = follow(double);
	const two = seen(2);
	const asked = get(double, '/slow');
	await held.passed;
	await get(double, '/quick');
	slow.open();
	await asked;
	await two;
	await double.close();
	await done;
	t.deepEqual(targets, ['/quick', '/slow']);
});

test('several can iterate at once, and one that breaks off does not hinder the others', async t => {
	await using double = await startDouble(scenario);
	const one = follow(double);
	const two = follow(double);
	const both = Promise.all([one.seen(2), two.seen(2)]);
	await get(double, '/1');
	for await (const {request} of double.journal) {
		t.is(request.target, '/1');
		break;
	}
	await get(double, '/2');
	await both;
	await double.close();
	await Promise.all([one.done, two.done]);
	t.deepEqual(one.targets, ['/1', '/2']);
	t.deepEqual(two.targets, ['/1', '/2']);
});

test('a journal that is closed still gives what it holds', async t => {
	const double = await startDouble(scenario);
	await get(double, '/1');
	await double.journal.waitFor(() => true);
	await double.close();
	const {targets, done} = follow(double);
	await done;
	t.deepEqual(targets, ['/1']);
});
