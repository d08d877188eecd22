import {fetch as undiciFetch} from 'undici';
import type {RealClient} from './client.ts';
import {withoutExpectation} from './without-expectation.ts';

/** The fetch of the Node that runs the tests. */
export const builtInFetch: RealClient = {
	name: 'built-in fetch',
	async send(request) {
		const {url, ...init} = withoutExpectation(request);
		const response = await fetch(url, init);
		await response.arrayBuffer();
		return response.status;
	},
};

/** The fetch of the package undici, which may be newer than the built-in one. */
export const packagedFetch: RealClient = {
	name: 'undici fetch',
	async send(request) {
		const {url, ...init} = withoutExpectation(request);
		const response = await undiciFetch(url, init);
		await response.arrayBuffer();
		return response.status;
	},
};
