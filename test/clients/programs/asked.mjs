/** What a program of Node is asked to send, and how it tells what came. See contract.md. */
import {readFileSync} from 'node:fs';

const {METHOD: method, URL: url, HEADERS_FILE, BODY_FILE} = process.env;

/** The header fields in order, each `[name, value]`. */
const fields = readFileSync(HEADERS_FILE, 'utf8')
	.split('\n')
	.filter(line => line !== '')
	.map(line => {
		const colon = line.indexOf(': ');
		return [line.slice(0, colon), line.slice(colon + 2)];
	});

/** The body: a string where it is text, a Buffer where it is none, undefined for no body. */
const body = BODY_FILE === undefined ? undefined : textOrBytes(readFileSync(BODY_FILE));

function textOrBytes(bytes) {
	const text = bytes.toString('utf8');
	return Buffer.from(text, 'utf8').equals(bytes) ? text : bytes;
}

/** Fetch and its like refuse to send `Expect`: to them it is no field of the caller's. */
const withoutExpectation = fields.filter(([name]) => name.toLowerCase() !== 'expect');

export const asked = {method, url, fields, withoutExpectation, body};

/** Has the request sent, and prints the status that `send` resolves with, or why there is none. */
export async function tell(send) {
	try {
		const status = await send(asked);
		process.stdout.write(`${status}\n`, () => process.exit(0));
	} catch (error) {
		const words = error.cause ? `${error.message}: ${error.cause.message}` : error.message;
		process.stderr.write(`${words}\n`, () => process.exit(1));
	}
}
