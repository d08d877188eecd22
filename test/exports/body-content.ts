import test from 'ava';
import {BodyRoom} from '../../src/exports/body-content.ts';

test('bodies are taken in until there is no room, and none that is too large by itself', t => {
	const room = new BodyRoom(10, 25);
	t.deepEqual(
		[10, 11, 10, 6, 5, 1].map(size => room.take(size)),
		[
			undefined,
			'it is larger than 10 bytes',
			undefined,
			'all bodies together are too large',
			undefined,
			'all bodies together are too large',
		],
	);
});
