/** https and HTTP/2, with certificates of the double. */
import assert from 'node:assert/strict';
import {once} from 'node:events';
import {connect} from 'node:http2';
import {request} from 'node:https';
import test from 'node:test';
import {startDouble} from 'followthrough';

/** A client of node:https that follows a redirect with the same method and body. */
async function put(url: string, body: string, ca: string): Promise<number> {
	const call = request(url, {ca, method: 'PUT', headers: {'Content-Type': 'text/plain'}});
	call.end(body);
	const [response] = await once(call, 'response');
	response.resume();
	const {statusCode, headers} = response;
	return statusCode === 307 ? put(new URL(headers.location, url).href, body, ca) : statusCode;
}

test('an upload is repeated over https, with a certificate of the double', async () => {
	await using double = await startDouble('upload-reroute', {tls: true});
	const url = double.urlOf('https://api.example.test/uploads/123');

	assert.equal(await put(url, 'a file', await double.ca.pem()), 201);

	const {followUp} = await double.hop();
	assert.equal(await followUp.request.body.text(), 'a file');
	assert.equal(followUp.connection.tls?.protocol, 'TLSv1.3');
	double.assertFollowedThrough();
});

test('a redirect over HTTP/2 is recorded with its stream', async () => {
	await using double = await startDouble('api-move', {tls: true});
	const session = connect(double.url, {ca: await double.ca.pem()});

	for (const path of ['/api/v1/users', '/api/v2/users']) {
		const stream = session.request({':method': 'POST', ':path': path});
		stream.end('{"name":"Ada"}');
		await once(stream.resume(), 'end');
	}
	session.close();

	const {redirect, followUp} = await double.hop();
	assert.deepEqual(
		[redirect, followUp].map(({request}) => request.http2?.stream),
		[1, 3],
	);
	double.assertFollowedThrough();
});
