import {axiosClient} from './axios.ts';
import type {RealClient} from './client.ts';
import {curl} from './curl.ts';
import {builtInFetch, packagedFetch} from './fetch.ts';
import {gotFifteen, gotSixteen} from './got.ts';
import {followRedirectsHttp} from './node-http.ts';
import {undiciRequest} from './undici-request.ts';

/** The clients that follow redirects by default. */
export const followingClients: readonly RealClient[] = [
	builtInFetch,
	packagedFetch,
	undiciRequest,
	axiosClient,
	gotFifteen,
	gotSixteen,
	followRedirectsHttp,
	curl,
];
