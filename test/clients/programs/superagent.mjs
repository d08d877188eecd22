/** One request by superagent, which is told to take every status for an answer. */
import superagent from 'superagent';
import {tell} from './asked.mjs';

await tell(async ({url, method, fields, body}) => {
	const request = superagent(method, url).ok(() => true);
	for (const [name, value] of fields) request.set(name, value);
	const {status} = await (body === undefined ? request : request.send(body));
	return status;
});
