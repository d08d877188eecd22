import {createRequire} from 'node:module';

/** That of the package. */
export function versionOfPackage(): string {
	const {version}: {version: string} = createRequire(import.meta.url)('followthrough/package.json');
	return version;
}
