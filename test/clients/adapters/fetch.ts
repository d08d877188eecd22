import {fetch as undiciFetch} from 'undici';
import type {AskedCall, ClientAdapter} from '../../../src/index.ts';
import {textOrBytes} from './body.ts';
import {withoutExpectation} from './without-expectation.ts';

/** The fetch of the Node that runs this. */
export const builtInFetch: ClientAdapter = async call => {
	const response = await fetch(call.url, initOf(call));
	await response.arrayBuffer();
	return {status: response.status};
};

/** The fetch of the package undici, which may be newer than the built-in one. */
export const packagedFetch: ClientAdapter = async call => {
	const response = await undiciFetch(call.url, initOf(call));
	await response.arrayBuffer();
	return {status: response.status};
};

function initOf(call: AskedCall) {
	const {method, headers, body, stream, signal} = call;
	return {
		method,
		headers: Object.fromEntries(withoutExpectation(headers)),
		body: stream && body ? new Blob([body]).stream() : textOrBytes(call),
		duplex: 'half' as const,
		signal,
	};
}
