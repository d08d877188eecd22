/** One request by needle, which follows redirects only when it is told how many. */
import needle from 'needle';
import {tell} from './asked.mjs';

await tell(async ({url, method, fields, body}) => {
	const options = {headers: Object.fromEntries(fields), follow_max: 20, json: false};
	const {statusCode} = await needle(method.toLowerCase(), url, body ?? null, options);
	return statusCode;
});
