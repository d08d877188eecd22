import {readFile} from 'node:fs/promises';
import {buffer} from 'node:stream/consumers';
import {FollowthroughError} from '../errors.ts';

/**
 * The text of a file, or of the standard input for `-`, in UTF-8 and without a byte order mark.
 *
 * @throws FollowthroughError SCENARIO_UNREADABLE
 */
export async function readSource(file: string): Promise<string> {
	try {
		const bytes = file === '-' ? await buffer(process.stdin) : await readFile(file);
		return new TextDecoder('utf-8', {fatal: true}).decode(bytes);
	} catch (error) {
		const name = file === '-' ? 'the standard input' : file;
		throw new FollowthroughError(
			'SCENARIO_UNREADABLE',
			`${name} can't be read: ${reasonOf(error)}`,
			{cause: error},
		);
	}
}

function reasonOf(error: unknown): string {
	const code = error instanceof Error && 'code' in error ? error.code : undefined;
	if (code === 'ENOENT') return 'there is no such file';
	if (code === 'EISDIR') return 'it is a folder';
	if (code === 'EACCES') return 'the permission is missing';
	if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return 'it is not in UTF-8';
	return error instanceof Error ? error.message : String(error);
}
