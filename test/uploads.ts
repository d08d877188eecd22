import test from 'ava';
import {measureUpload} from '../scripts/measure-upload.ts';
import {lacksCurl} from './helpers/needs-curl.ts';

const mebibyte = 1024 * 1024;

test('a large upload is redirected and repeated in little memory, and is on disk once', async t => {
	if (lacksCurl(t)) return;
	const size = 256 * mebibyte;
	const {memory, onDisk, recorded, sha256} = await measureUpload(size);
	const body = {size, kept: size, sha256};
	t.deepEqual(recorded, {bodies: [body, body], broken: []});
	t.is(onDisk, size);
	// Three times as much as is usual, and less than what V8 lets gather when pieces are not given back.
	t.true(memory < 60, `${memory} MiB over idle`);
});
