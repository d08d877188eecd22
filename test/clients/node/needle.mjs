import {Readable} from 'node:stream';
import needle from 'needle';

/** It follows redirects only when it is told how many. */
export async function send({method, url, fields, body, stream}) {
	const headers = Object.fromEntries(fields);
	const options = {headers, follow_max: 20, json: false};
	const content = stream ? Readable.from([Buffer.from(body)]) : (body ?? null);
	const {statusCode} = await needle(method.toLowerCase(), url, content, options);
	return statusCode;
}
