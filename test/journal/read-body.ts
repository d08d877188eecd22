import {IncomingMessage} from 'node:http';
import {Socket} from 'node:net';
import test from 'ava';
import {BodyStore} from '../../src/journal/body-store.ts';
import {readContent} from '../../src/journal/content.ts';
import {type ReadBody, readBody} from '../../src/journal/read-body.ts';
import {bytesOf} from '../helpers/body-bytes.ts';

/** A request of HTTP/1 to which bytes are pushed as the parser does it. */
function request() {
	const message = new IncomingMessage(new Socket());
	message._read = () => {};
	const end = () => {
		message.complete = true;
		message.push(null);
	};
	return {message, end};
}

test('a small body is recorded when the message has ended, not later', async t => {
	const {message, end} = request();
	let came: ReadBody | undefined;
	const reading = readBody(message, new BodyStore(), read => {
		came = read;
	});
	message.push(Buffer.from('hello'));
	end();
	await new Promise(resolve => message.once('end', resolve));
	t.true(reading.ended);
	t.like(came, {complete: true, content: {kind: 'memory', size: 5}});
	await reading.done;
});

test('the pieces of a large body are given back, and those of a small one are not', async t => {
	const store = new BodyStore();
	for (const size of [1000, 1_000_000]) {
		const {message, end} = request();
		let came: ReadBody | undefined;
		const reading = readBody(message, store, read => {
			came = read;
		});
		const sent = bytesOf(size);
		const pieces: Buffer[] = [];
		for (let offset = 0; offset < size; offset += 50_000) {
			const piece = Buffer.allocUnsafeSlow(Math.min(50_000, size - offset));
			sent.copy(piece, 0, offset);
			pieces.push(piece);
			message.push(piece);
		}
		end();
		await reading.done;
		t.true(came && sent.equals(await readContent(came.content)));
		const isGivenBack = size > 65_536 && 'transfer' in ArrayBuffer.prototype;
		t.true(pieces.every(({length}) => (length === 0) === isGivenBack));
	}
	await store.close();
});

for (const size of [10, 100_000])
	test(`who waits for a body of ${size} bytes gets the error of what records it`, async t => {
		const {message, end} = request();
		const store = new BodyStore();
		const reading = readBody(message, store, () => {
			throw new Error('No.');
		});
		message.push(bytesOf(size));
		end();
		await t.throwsAsync(reading.until(Number.POSITIVE_INFINITY), {message: 'No.'});
		await store.close();
	});
