import {Readable} from 'node:stream';
import fetch from 'node-fetch';

export async function send({method, url, fields: headers, body, stream}) {
	const content = stream ? Readable.from([Buffer.from(body)]) : body;
	const response = await fetch(url, {method, headers, body: content});
	await response.arrayBuffer();
	return response.status;
}
