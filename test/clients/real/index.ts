import {programAdapter} from '../../../src/cli/program-adapter.ts';
import {axiosAdapter} from '../adapters/axios.ts';
import {builtInFetch, packagedFetch} from '../adapters/fetch.ts';
import {gotFifteen as got15, gotSixteen} from '../adapters/got.ts';
import {followRedirectsHttp, nodeHttp as http} from '../adapters/node-http.ts';
import * as programs from '../adapters/programs.ts';
import {undiciRequest} from '../adapters/undici-request.ts';
import {realClient} from './client.ts';

export const undiciFetch = realClient('undici fetch', packagedFetch);
export const gotFifteen = realClient('got 15.0.5', got15);
export const nodeHttp = realClient('node:http', http);

const {curl: ofManual, curlForcingMethod: forced} = programs;
export const curl = realClient(ofManual.name, programAdapter(ofManual.command()));
export const curlForcingMethod = realClient(forced.name, programAdapter(forced.command()));

/** The clients that follow redirects by default. */
export const followingClients = [
	realClient('built-in fetch', builtInFetch),
	undiciFetch,
	realClient('undici request', undiciRequest),
	realClient('axios', axiosAdapter),
	gotFifteen,
	realClient('got 16', gotSixteen),
	realClient('follow-redirects', followRedirectsHttp),
	curl,
];
