import test from 'ava';
import {BodyGathering, portionSize} from '../../src/journal/body-gathering.ts';
import {bytesOf} from '../helpers/body-bytes.ts';

/** Takes portions one by one, each when `next` is called. */
function slowTaker() {
	const taken: Buffer[] = [];
	const waiting: (() => void)[] = [];
	const handOn = (portion: Buffer) => {
		taken.push(Buffer.from(portion));
		return new Promise<void>(resolve => waiting.push(resolve));
	};
	return {taken, waiting, handOn};
}

const bytes = bytesOf(portionSize * 3 + 12_345);

for (const pieceSize of [1_000, 65_536, portionSize, portionSize * 2 + 1, bytes.length])
	test(`pieces of ${pieceSize} bytes come out in order, in portions`, async t => {
		const taken: Buffer[] = [];
		const gathering = new BodyGathering(async portion => {
			taken.push(Buffer.from(portion));
			await new Promise(resolve => setImmediate(resolve));
		});
		for (let offset = 0; offset < bytes.length; offset += pieceSize) {
			const piece = bytes.subarray(offset, offset + pieceSize);
			if (gathering.fits(piece.length)) gathering.add(piece);
			else await gathering.write(piece);
		}
		await gathering.end();
		t.true(bytes.equals(Buffer.concat(taken)));
		t.deepEqual(
			taken.map(({length}) => length),
			[portionSize, portionSize, portionSize, 12_345],
		);
	});

test('while a portion is not taken, only a few more are held', async t => {
	const {taken, waiting, handOn} = slowTaker();
	const gathering = new BodyGathering(handOn);
	let held = 0;
	for (const piece = Buffer.alloc(1000, 7); gathering.fits(piece.length); held += 1000)
		gathering.add(piece);
	t.is(taken.length, 1);
	t.true(held <= 4 * portionSize);

	let isWritten = false;
	const written = gathering.write(Buffer.alloc(1000, 8)).then(() => {
		isWritten = true;
	});
	await new Promise(resolve => setImmediate(resolve));
	t.false(isWritten);
	waiting.shift()?.();
	await written;
	t.is(taken.length, 2);
});

test('nothing is handed on while another portion is', async t => {
	const {taken, waiting, handOn} = slowTaker();
	const gathering = new BodyGathering(handOn);
	gathering.add(bytes);
	const ended = gathering.end();
	for (let count = 1; count <= 4; count++) {
		await new Promise(resolve => setImmediate(resolve));
		t.is(taken.length, count);
		waiting.shift()?.();
	}
	await ended;
	t.true(bytes.equals(Buffer.concat(taken)));
});
