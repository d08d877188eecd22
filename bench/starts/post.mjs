import {request} from 'node:http';

/** @param {string} url @param {string} body */
export function post(url, body) {
	return new Promise((resolve, reject) => {
		const headers = {'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body)};
		const sent = request(url, {method: 'POST', headers});
		sent.once('error', reject);
		sent.once('response', response => {
			response.resume();
			if (response.statusCode === 201) response.once('end', resolve);
			else reject(new Error(`${url} answered ${response.statusCode}.`));
		});
		sent.end(body);
	});
}
