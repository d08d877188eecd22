import superagent from 'superagent';

/** It is told to take every status for an answer. With a field `Expect` it fails at the next one that is set. */
export async function send({method, url, fields, body}) {
	const request = superagent(method, url).ok(() => true);
	for (const [name, value] of fields) if (name.toLowerCase() !== 'expect') request.set(name, value);
	const {status} = await (body === undefined ? request : request.send(body));
	return status;
}
