import {readdir} from 'node:fs/promises';
import {basename, dirname, extname} from 'node:path';
import {didYouMean} from './near-name.ts';
import {scenarioExtensions} from './shipped.ts';

/** Says of a file that is not there in which folder it was looked for, and which file there is near. */
export async function describeMissing(path: string): Promise<string> {
	const folder = dirname(path);
	const names = await readdir(folder).catch(() => undefined);
	if (names === undefined) return `there is no folder "${folder}" that can be read`;
	if (names.includes(basename(path))) return 'it is a link to a file that is not there';
	const scenarios = names.filter(name => scenarioExtensions.includes(extname(name).toLowerCase()));
	return `there is no such file in "${folder}"${didYouMean(basename(path), scenarios)}`;
}
