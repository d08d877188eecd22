/** One request by ky, which is at home on the fetch of the Node that runs this. */
import ky from 'ky';
import {tell} from './asked.mjs';

await tell(async ({url, method, withoutExpectation: headers, body}) => {
	const response = await ky(url, {method, headers, body, throwHttpErrors: false});
	await response.arrayBuffer();
	return response.status;
});
