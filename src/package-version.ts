import {createRequire} from 'node:module';

/** The version of the package, such as `1.0.0`. */
export function packageVersion(): string {
	const {version}: {version: string} = createRequire(import.meta.url)('followthrough/package.json');
	return version;
}
