import {type IncomingMessage, request} from 'node:http';
import followRedirects from 'follow-redirects';
import type {AskedCall, ClientAdapter} from '../../../src/index.ts';

/** Node's own module follows nothing by itself. */
export const nodeHttp: ClientAdapter = call =>
	complete(call, received => request(call.url, optionsOf(call), received));

/** The same interface, with redirects followed. */
export const followRedirectsHttp: ClientAdapter = call =>
	complete(call, received => followRedirects.http.request(call.url, optionsOf(call), received));

function optionsOf({method, headers}: AskedCall) {
	return {method, headers: Object.fromEntries(headers)};
}

type Open = (received: (response: IncomingMessage) => void) => {
	on(event: 'error', listener: (error: Error) => void): unknown;
	write(body: Uint8Array | undefined): unknown;
	end(body?: Uint8Array): unknown;
	destroy(): unknown;
};

function complete({body, stream, signal}: AskedCall, open: Open): Promise<{status: number}> {
	return new Promise((resolve, reject) => {
		const message = open(response => {
			response.once('end', () => resolve({status: response.statusCode ?? 0}));
			response.once('error', reject);
			response.resume();
		});
		message.on('error', reject);
		signal.addEventListener('abort', () => message.destroy());
		// What is written before the end is of no known length.
		if (stream) message.write(body);
		message.end(stream ? undefined : body);
	});
}
