/** Grading: a client plays several scenarios, and one report says what it breaks. */
import assert from 'node:assert/strict';
import test from 'node:test';
import {type AskedCall, formatGrade, gradeClient} from 'followthrough';

/** Makes one call with the client under test. A Blob, since the fetch of Node 20 can't send bytes again. */
function send({method, url, headers, body, signal}: AskedCall): Promise<Response> {
	const fields = headers.filter(([name]) => name.toLowerCase() !== 'expect');
	return fetch(url, {
		method,
		headers: Object.fromEntries(fields),
		body: body ? new Blob([body]) : null,
		signal,
	});
}

const scenarios = ['api-move', 'cross-origin', 'chain-of-three', 'redirect-loop'];

test('fetch follows through', async () => {
	const grade = await gradeClient(send, {client: 'fetch', scenarios});

	assert.equal(grade.why, undefined);
	assert.deepEqual(grade.mend, []);
	assert.match(await formatGrade(grade, 'junit'), /<testsuites name="fetch"/);
});

test('a client that sends no body again is told what to mend first', async () => {
	const forgetful = async (call: AskedCall) => {
		const response = await fetch(call.url, {
			method: call.method,
			headers: Object.fromEntries(call.headers),
			body: call.body ? new Blob([call.body]) : null,
			redirect: 'manual',
		});
		const location = response.headers.get('Location');
		return location === null
			? response
			: fetch(new URL(location, call.url), {method: call.method, signal: call.signal});
	};
	const {passed, mend} = await gradeClient(forgetful, {scenarios: ['api-move']});

	assert.equal(passed, false);
	assert.equal(mend[0]?.harm, 'content is lost, and the client reports success');
	assert.equal(mend[0]?.rule, 'body-preserved');
});
