import {type IncomingMessage, request} from 'node:http';
import followRedirects from 'follow-redirects';
import type {RealClient, RealRequest} from './client.ts';

/** Node's own module follows nothing by itself. */
export const nodeHttp: RealClient = {
	name: 'node:http',
	send: sent =>
		complete(sent, received =>
			request(sent.url, {method: sent.method, headers: sent.headers}, received),
		),
};

/** The same interface, with redirects followed. */
export const followRedirectsHttp: RealClient = {
	name: 'follow-redirects',
	send: sent =>
		complete(sent, received =>
			followRedirects.http.request(
				sent.url,
				{method: sent.method, headers: {...sent.headers}},
				received,
			),
		),
};

type Open = (received: (response: IncomingMessage) => void) => {
	once(event: 'error', listener: (error: Error) => void): unknown;
	end(body?: RealRequest['body']): unknown;
};

function complete({body}: RealRequest, open: Open): Promise<number> {
	return new Promise((resolve, reject) => {
		const message = open(response => {
			response.once('end', () => resolve(response.statusCode ?? 0));
			response.once('error', reject);
			response.resume();
		});
		message.once('error', reject);
		message.end(body);
	});
}
