import {axiosAdapter} from './axios.ts';
import {chromium} from './chromium.ts';
import {packagedFetch} from './fetch.ts';
import {gotFifteen, gotSixteen} from './got.ts';
import {always, families, type KnownClient} from './known-client.ts';
import {followRedirectsHttp} from './node-http.ts';
import {programs} from './programs.ts';
import {undiciRequest} from './undici-request.ts';
import {packageVersion} from './version.ts';

/** Packages of npm that run in the process that grades them. */
const inProcess: readonly KnownClient[] = [
	{
		id: 'undici-fetch',
		name: 'undici fetch',
		family: 'Node',
		called: '`fetch` of the package, the body a string; `Expect` is left out, which it refuses',
		version: () => packageVersion('undici'),
		open: always(packagedFetch),
	},
	{
		id: 'undici-request',
		name: 'undici request',
		family: 'Node',
		called: '`request` with `interceptors.redirect({maxRedirections: 20})`; `Expect` is left out',
		version: () => packageVersion('undici'),
		open: always(undiciRequest),
	},
	{
		id: 'axios',
		name: 'axios',
		family: 'Node',
		called: '`axios.request`, every status taken for an answer',
		version: () => packageVersion('axios'),
		open: always(axiosAdapter),
	},
	{
		id: 'got-15',
		name: 'got 15',
		family: 'Node',
		called: '`got(url, {method, headers, body})`, every status taken for an answer',
		version: () => packageVersion('got15'),
		open: always(gotFifteen),
	},
	{
		id: 'got',
		name: 'got',
		family: 'Node',
		called: '`got(url, {method, headers, body})`, every status taken for an answer',
		version: () => packageVersion('got'),
		open: always(gotSixteen),
	},
	{
		id: 'follow-redirects',
		name: 'follow-redirects',
		family: 'Node',
		called: '`http.request` of the package',
		version: () => packageVersion('follow-redirects'),
		open: always(followRedirectsHttp),
	},
];

/** All clients that are graded where they are installed, in the order of the tables. */
export const knownClients: readonly KnownClient[] = [...programs, ...inProcess, chromium].toSorted(
	(one, other) => families.indexOf(one.family) - families.indexOf(other.family),
);
