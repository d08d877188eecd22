import got from 'got';
import got15 from 'got15';
import type {RealClient} from './client.ts';

/** The last got 15: on its way to another origin it loses the body. */
export const gotFifteen: RealClient = {
	name: 'got 15.0.5',
	async send({url, method, ...options}) {
		// Its types know the methods of RFC 9110 alone.
		if (method === 'REPORT' || method === 'SEARCH' || method === 'QUERY' || method === 'PROPFIND')
			throw new Error(`It sends no ${method}.`);
		const {statusCode} = await got15(url, {...options, method, throwHttpErrors: false});
		return statusCode;
	},
};

export const gotSixteen: RealClient = {
	name: 'got 16',
	async send({url, ...options}) {
		const {statusCode} = await got(url, {...options, throwHttpErrors: false});
		return statusCode;
	},
};
