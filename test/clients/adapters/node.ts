import {axiosAdapter} from './axios.ts';
import {packagedFetch} from './fetch.ts';
import {gotFifteen, gotSixteen} from './got.ts';
import {always, type KnownClient} from './known-client.ts';
import {followRedirectsHttp} from './node-http.ts';
import {nodeProcess} from './node-process.ts';
import {undiciRequest} from './undici-request.ts';
import {fileOfPackage, packageVersion, printedVersion} from './version.ts';

const family = 'Node';

/** The fetch that comes with a Node. */
function fetchOf(major: string, node: string): KnownClient {
	return {
		id: `node-${major}-fetch`,
		name: `fetch, Node ${major}`,
		family,
		called:
			'`fetch(url, {method, headers, body})`, the body a string; `Expect` is left out, which it refuses',
		version: printedVersion([node, '--version']),
		open: async () => nodeProcess(node, 'fetch.mjs'),
	};
}

/** A package of npm that the tests do not use. */
function other(name: string, called: string): KnownClient {
	return {
		id: name,
		name,
		family,
		called,
		version: () => packageVersion(name),
		open: async () => nodeProcess(process.execPath, `${name}.mjs`),
	};
}

/** A package of npm that the tests use as well, in the process that grades it. */
function own(
	words: Pick<KnownClient, 'id' | 'name' | 'called'>,
	packageName: string,
	adapter: Parameters<typeof always>[0],
): KnownClient {
	return {...words, family, version: () => packageVersion(packageName), open: always(adapter)};
}

const gotCalled = '`got(url, {method, headers, body})`, every status taken for an answer';

/** The clients for Node. */
export const nodeClients: readonly KnownClient[] = [
	fetchOf('20', fileOfPackage('node20/bin/node')),
	fetchOf('22', fileOfPackage('node22/bin/node')),
	// The Node that runs this.
	fetchOf('24', process.execPath),
	fetchOf('26', fileOfPackage('node26/bin/node')),
	own(
		{
			id: 'undici-fetch',
			name: 'undici fetch',
			called: '`fetch` of the package, the body a string; `Expect` is left out, which it refuses',
		},
		'undici',
		packagedFetch,
	),
	own(
		{
			id: 'undici-request',
			name: 'undici request',
			called: '`request` with `interceptors.redirect({maxRedirections: 20})`; `Expect` is left out',
		},
		'undici',
		undiciRequest,
	),
	own(
		{id: 'axios', name: 'axios', called: '`axios.request`, every status taken for an answer'},
		'axios',
		axiosAdapter,
	),
	own({id: 'got-15', name: 'got 15', called: gotCalled}, 'got15', gotFifteen),
	own({id: 'got', name: 'got', called: gotCalled}, 'got', gotSixteen),
	own(
		{id: 'follow-redirects', name: 'follow-redirects', called: '`http.request` of the package'},
		'follow-redirects',
		followRedirectsHttp,
	),
	other('node-fetch', '`fetch(url, {method, headers, body})`, the body a string'),
	other(
		'superagent',
		'`superagent(method, url).set(…).send(body)`, every status taken for an answer; `Expect` is left out, which it fails at',
	),
	other(
		'ky',
		'`ky(url, {method, headers, body, retry: 0})` on the fetch of Node 24; `Expect` is left out',
	),
	other(
		'needle',
		'`needle(method, url, body, {follow_max: 20})`, as it follows nothing unless told',
	),
];
