/** One request by the fetch of the Node that runs this. */
import {tell} from './asked.mjs';

await tell(async ({url, method, withoutExpectation: headers, body}) => {
	const response = await fetch(url, {method, headers, body});
	await response.arrayBuffer();
	return response.status;
});
