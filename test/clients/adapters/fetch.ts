import {fetch as undiciFetch} from 'undici';
import type {ClientAdapter} from '../../../src/index.ts';
import {textOrBytes} from './body.ts';
import {withoutExpectation} from './without-expectation.ts';

/** The fetch of the Node that runs this. */
export const builtInFetch: ClientAdapter = async ({url, ...call}) => {
	const response = await fetch(url, initOf(call));
	await response.arrayBuffer();
	return {status: response.status};
};

/** The fetch of the package undici, which may be newer than the built-in one. */
export const packagedFetch: ClientAdapter = async ({url, ...call}) => {
	const response = await undiciFetch(url, initOf(call));
	await response.arrayBuffer();
	return {status: response.status};
};

function initOf({method, headers, body, signal}: Omit<Parameters<ClientAdapter>[0], 'url'>) {
	return {
		method,
		headers: Object.fromEntries(withoutExpectation(headers)),
		body: textOrBytes(body),
		signal,
	};
}
