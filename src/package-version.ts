import {createRequire} from 'node:module';

/** The version of this package, such as `1.0.0`, which finds itself by its name. */
export function packageVersion(): string {
	const {version}: {version: string} = createRequire(import.meta.url)('followthrough/package.json');
	return version;
}
