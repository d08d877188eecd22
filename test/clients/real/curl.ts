import {spawn} from 'node:child_process';
import {devNull} from 'node:os';
import {printedStatus} from '../printed-status.ts';
import type {RealClient, RealRequest} from './client.ts';

/** curl with -L, called as its manual says: a body makes a POST, -X names any other method. */
export const curl: RealClient = {
	name: 'curl',
	send: request => run(request, request.method === 'POST' ? [] : ['-X', request.method]),
};

/** curl as it is often called: -X POST forces the method on every hop. */
export const curlForcingMethod: RealClient = {
	name: 'curl -X',
	send: request => run(request, ['-X', request.method]),
};

async function run({url, headers, body}: RealRequest, method: string[]): Promise<number> {
	const fields = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
	const data = body === undefined ? [] : ['--data-binary', '@-'];
	// --disable keeps the machine's .curlrc out, and must come first.
	const always = ['--disable', '-sS', '-L', '--noproxy', '*', '-o', devNull, '-w', '%{http_code}'];
	const child = spawn('curl', [...always, ...method, ...fields, ...data, url]);
	child.stdin.end(body);
	return printedStatus(child);
}
