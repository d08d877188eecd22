import {fileURLToPath} from 'node:url';
import {versionOf} from './contestants/peer.ts';

const root = fileURLToPath(new URL('../node_modules', import.meta.url));

/** What takes part, each with its version; peers that are not installed are left out. */
export function versions(): string[] {
	const named = [
		['Followthrough', '..', root],
		['koa', 'koa', root],
		['@koa/router', '@koa/router', root],
		...['mockttp', '@mbtest/mountebank', 'wiremock', 'nock', 'msw'].map(name => [name, name]),
	];
	return named.flatMap(([title, name = '', folder]) => {
		try {
			return [`${title} ${versionOf(name, folder)}`];
		} catch {
			return [];
		}
	});
}
