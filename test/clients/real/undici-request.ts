import {Agent, interceptors, request} from 'undici';
import type {RealClient} from './client.ts';
import {withoutExpectation} from './without-expectation.ts';

/** It follows nothing without its redirect interceptor. 20 is the limit of fetch. */
const dispatcher = new Agent().compose(interceptors.redirect({maxRedirections: 20}));

export const undiciRequest: RealClient = {
	name: 'undici request',
	async send(sent) {
		const {url, ...options} = withoutExpectation(sent);
		const {statusCode, body} = await request(url, {...options, dispatcher});
		await body.dump();
		return statusCode;
	},
};
