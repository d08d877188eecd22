import test from 'ava';
import {Doubles} from '../../src/api/doubles.ts';
import {LiveTelling} from '../../src/cli/live-telling.ts';
import {startDouble} from '../../src/index.ts';

test('the summary has a line for each double that is open, and one for all that were closed', async t => {
	const doubles = new Doubles();
	const telling = new LiveTelling(doubles, () => {}, {});
	const idOf = async (calls: number) => {
		const {id, double} = doubles.adopt(await startDouble('api-move'));
		for (let count = 0; count < calls; count++) await (await fetch(double.url)).arrayBuffer();
		await double.settle({quiet: 0});
		return id;
	};
	const closed = [await idOf(1), await idOf(2), await idOf(0)];
	t.deepEqual([await idOf(3), await idOf(0)], ['api-move-4', 'api-move-5']);
	for (const id of closed) await doubles.remove(id);
	telling.end();
	await doubles.close();
	t.deepEqual((await telling.summary()).split('\n'), [
		'  api-move-4: 3 exchanges, 0 redirects (0 followed), rules broken 0 times',
		'  2 doubles closed before: 3 exchanges, 0 redirects (0 followed), rules broken 0 times',
		'Stopped: 6 exchanges, 0 redirects (0 followed), rules broken 0 times.',
	]);
});

test('what can not be told is known to whoever asks for it later, too', async t => {
	const doubles = new Doubles();
	const {double} = doubles.adopt(await startDouble('api-move'));
	let refused: () => void = () => {};
	const wasRefused = new Promise<void>(resolve => {
		refused = resolve;
	});
	const say = () => {
		refused();
		throw new Error('The disk is full.');
	};
	const unhandled: unknown[] = [];
	const note = (reason: unknown) => unhandled.push(reason);
	process.on('unhandledRejection', note);
	t.teardown(() => void process.off('unhandledRejection', note));
	const telling = new LiveTelling(doubles, say, {});
	await (await fetch(double.url)).arrayBuffer();
	await wasRefused;
	// Node tells of rejections that nobody handles before it goes on to this.
	await new Promise(setImmediate);
	t.deepEqual(unhandled, []);
	await t.throwsAsync(telling.failed, {message: 'The disk is full.'});
	telling.end();
	await doubles.close();
});
