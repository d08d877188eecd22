import fetch from 'node-fetch';

export async function send({method, url, fields: headers, body}) {
	const response = await fetch(url, {method, headers, body});
	await response.arrayBuffer();
	return response.status;
}
