/** The fetch of the Node that runs this. It refuses to send `Expect`: to it that is no field of the caller's. */
export async function send({method, url, fields, body, stream}) {
	const headers = fields.filter(([name]) => name.toLowerCase() !== 'expect');
	const content = stream ? new Blob([body]).stream() : body;
	const response = await fetch(url, {method, headers, body: content, duplex: 'half'});
	await response.arrayBuffer();
	return response.status;
}
