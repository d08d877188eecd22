import {stat} from 'node:fs/promises';
import type {Command} from './child.ts';

/**
 * What a report calls a client that is a command: the program, and the script that is its first
 * parameter. Other parameters are left out, as reports are shown around, and which of them hold
 * credentials can't be known.
 */
export async function clientName([program, script]: Command): Promise<string> {
	const isScript = script !== undefined && (await isFile(script));
	return isScript ? `${program} ${script}` : program;
}

async function isFile(path: string): Promise<boolean> {
	try {
		return (await stat(path)).isFile();
	} catch {
		return false;
	}
}
