import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {packageFolder} from '../scenario/shipped.ts';

/** The version of the package, such as `1.0.0`. */
export async function packageVersion(): Promise<string> {
	const text = await readFile(join(packageFolder(), 'package.json'), 'utf8');
	const {version}: {version: string} = JSON.parse(text);
	return version;
}
