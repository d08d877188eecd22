import {Agent, interceptors, request} from 'undici';
import type {ClientAdapter} from '../../../src/index.ts';
import {textOrBytes} from './body.ts';
import {withoutExpectation} from './without-expectation.ts';

/** It follows nothing without its redirect interceptor. 20 is the limit of fetch. */
const dispatcher = new Agent().compose(interceptors.redirect({maxRedirections: 20}));

export const undiciRequest: ClientAdapter = async ({method, url, headers, body, signal}) => {
	const response = await request(url, {
		method,
		headers: Object.fromEntries(withoutExpectation(headers)),
		body: textOrBytes(body),
		signal,
		dispatcher,
	});
	await response.body.dump();
	return {status: response.statusCode};
};
