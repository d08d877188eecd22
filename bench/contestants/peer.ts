import {createRequire} from 'node:module';
import {join} from 'node:path';
import {peerFolder} from '../paths.ts';
import {Unavailable} from './child.ts';

const require = createRequire(import.meta.url);

/** The version of an installed package. */
export function versionOf(name: string, folder = peerFolder): string {
	try {
		const {version}: {version: string} = require(join(folder, name, 'package.json'));
		return version;
	} catch {
		throw new Unavailable(`the package ${name} is not installed (run npm install in bench/)`);
	}
}

/** Where an installed package is. */
export function folderOf(name: string): string {
	versionOf(name);
	return join(peerFolder, name);
}
