import {randomBytes} from 'node:crypto';
import {mkdtemp, open, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

const pieceSize = 512 * 1024;

/** Writes a temporary file of so many bytes and nothing else; returns the seconds that it took. */
export async function writeFileAlone(size: number): Promise<number> {
	const folder = await mkdtemp(join(tmpdir(), 'bench-file-write-'));
	try {
		const piece = randomBytes(pieceSize);
		const began = performance.now();
		await using file = await open(join(folder, 'file'), 'wx');
		for (let left = size; left > 0; left -= pieceSize)
			await file.write(piece, 0, Math.min(pieceSize, left));
		return (performance.now() - began) / 1000;
	} finally {
		await rm(folder, {recursive: true, force: true});
	}
}
