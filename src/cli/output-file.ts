import {stat, writeFile} from 'node:fs/promises';
import {dirname, resolve} from 'node:path';
import {Refusal} from './refusal.ts';

/** A form in which something is to be written to a file. */
export interface ExportTo<Format extends string> {
	readonly format: Format;
	readonly file: string;
}

/**
 * Makes sure that a file can lie where it is to be written, before the work that it is for.
 *
 * @throws Refusal
 */
export async function assertFolderOf(file: string): Promise<void> {
	const folder = dirname(resolve(file));
	const stats = await stat(folder).catch(() => undefined);
	if (stats?.isDirectory()) return;
	throw new Refusal(`"${file}" can't be written: there is no folder "${dirname(file)}".`);
}

/**
 * Writes a file, or replaces it.
 *
 * @throws Refusal
 */
export async function writeOutput(file: string, text: string): Promise<void> {
	try {
		await writeFile(file, text);
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		throw new Refusal(`"${file}" can't be written: ${reason}`, {cause: error});
	}
}
