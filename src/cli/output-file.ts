import {accessSync, constants, type Stats, statSync} from 'node:fs';
import {writeFile} from 'node:fs/promises';
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
 * @param name as which it is told; its path in quotes, unless told
 * @throws Refusal
 */
export function assertFolderOf(file: string, name = `"${file}"`): void {
	const why = hindranceOf(file);
	if (why !== undefined) throw new Refusal(`${name} can't be written: ${why}.`);
}

/** Why a file can't lie at a path; undefined where nothing is known to hinder it. */
function hindranceOf(file: string): string | undefined {
	const path = resolve(file);
	const there = statsOf(path);
	if (there !== undefined) return there.isDirectory() ? 'it is a folder' : undefined;
	const folder = dirname(path);
	if (statsOf(folder)?.isDirectory() !== true) return `there is no folder "${dirname(file)}"`;
	return mayWrite(folder) ? undefined : `"${dirname(file)}" is a folder that may not be written`;
}

/** Undefined, too, where something on the way is no folder, or may not be entered. */
function statsOf(path: string): Stats | undefined {
	try {
		return statSync(path);
	} catch {
		return undefined;
	}
}

function mayWrite(folder: string): boolean {
	try {
		accessSync(folder, constants.W_OK);
		return true;
	} catch {
		return false;
	}
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
