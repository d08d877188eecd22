import test from 'ava';
import {measureUpload} from '../scripts/measure-upload.ts';
import {lacksCurl} from './helpers/needs-curl.ts';

const mebibyte = 1024 * 1024;
const size = 256 * mebibyte;

test('a large upload is redirected and repeated in little memory, and is on disk once', async t => {
	if (lacksCurl(t)) return;
	// Where other programs keep the processors busy, what is garbage already is collected late, and counts.
	// Memory that grew with bodies would show each time.
	let least = Number.POSITIVE_INFINITY;
	for (let attempt = 1; attempt <= 4 && least >= 200; attempt++) {
		const {memory, onDisk, recorded, sha256} = await measureUpload(size);
		const body = {size, kept: size, sha256};
		t.deepEqual(recorded, {bodies: [body, body], broken: []});
		t.is(onDisk, size);
		least = Math.min(least, memory);
	}
	// Twice as much as is usual, and less than a body.
	t.true(least < 200, `${least} MiB over idle`);
});
