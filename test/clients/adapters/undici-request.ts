import {Agent, interceptors, request} from 'undici';
import type {ClientAdapter} from '../../../src/index.ts';
import {textOrStream} from './body.ts';
import {withoutExpectation} from './without-expectation.ts';

/** It follows nothing without its redirect interceptor. 20 is the limit of fetch. */
const dispatcher = new Agent().compose(interceptors.redirect({maxRedirections: 20}));

export const undiciRequest: ClientAdapter = async call => {
	const {method, url, headers, signal} = call;
	const response = await request(url, {
		method,
		headers: Object.fromEntries(withoutExpectation(headers)),
		body: textOrStream(call),
		signal,
		dispatcher,
	});
	await response.body.dump();
	return {status: response.statusCode};
};
