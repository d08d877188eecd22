import type {ChildProcess} from 'node:child_process';
import type {Readable} from 'node:stream';
import {text} from 'node:stream/consumers';

/** A client program whose output is read. */
type Program = ChildProcess & {readonly stdout: Readable; readonly stderr: Readable};

/** The status that a client program prints; rejects with its complaint when it fails. */
export async function printedStatus(program: Program): Promise<number> {
	const [status, complaint, code] = await Promise.all([
		text(program.stdout),
		text(program.stderr),
		new Promise<number | null>((resolve, reject) => {
			program.once('close', resolve);
			program.once('error', reject);
		}),
	]);
	if (code !== 0) throw new Error(complaint.trim() || `ended with ${code}`);
	return Number(status);
}
