import needle from 'needle';

/** It follows redirects only when it is told how many. */
export async function send({method, url, fields, body}) {
	const headers = Object.fromEntries(fields);
	const options = {headers, follow_max: 20, json: false};
	const {statusCode} = await needle(method.toLowerCase(), url, body ?? null, options);
	return statusCode;
}
