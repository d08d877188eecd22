import ky from 'ky';

/** It is at home on the fetch of the Node that runs this, which refuses to send `Expect`. */
export async function send({method, url, fields, body, stream}) {
	const headers = fields.filter(([name]) => name.toLowerCase() !== 'expect');
	const content = stream ? new Blob([body]).stream() : body;
	const options = {method, headers, body: content, duplex: 'half', throwHttpErrors: false};
	const response = await ky(url, options);
	await response.arrayBuffer();
	return response.status;
}
