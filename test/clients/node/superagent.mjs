import superagent from 'superagent';

/** It is told to take every status for an answer. */
export async function send({method, url, fields, body}) {
	const request = superagent(method, url).ok(() => true);
	for (const [name, value] of fields) request.set(name, value);
	const {status} = await (body === undefined ? request : request.send(body));
	return status;
}
