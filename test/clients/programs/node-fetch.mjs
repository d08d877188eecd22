/** One request by node-fetch. */
import fetch from 'node-fetch';
import {tell} from './asked.mjs';

await tell(async ({url, method, fields: headers, body}) => {
	const response = await fetch(url, {method, headers, body});
	await response.arrayBuffer();
	return response.status;
});
