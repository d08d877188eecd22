/**
 * Makes calls with a client for Node, one at a time, in whatever version of Node this is started with:
 *
 *     node answer-calls.mjs ./fetch.mjs
 *
 * Is sent a call and sends back the status of the call's final response, why there is
 * none, or by which error, that nobody could catch, the client has ended the process.
 */
const {send} = await import(process.argv[2]);

process.on('uncaughtException', error =>
	process.send({crashed: wordsOf(error)}, () => process.exit(1)),
);

process.on('message', async ({method, url, fields, body, stream}) => {
	try {
		process.send({status: await send({method, url, fields, body: bodyOf(body), stream})});
	} catch (error) {
		process.send({failed: wordsOf(error)});
	}
});

/** The body; with `stream` it is to be sent as a stream. A string where the body is text, a Buffer where it is none, undefined for no body. */
function bodyOf(base64) {
	if (base64 === undefined) return undefined;
	const bytes = Buffer.from(base64, 'base64');
	const text = bytes.toString('utf8');
	return Buffer.from(text, 'utf8').equals(bytes) ? text : bytes;
}

function wordsOf({message, cause}) {
	return cause?.message ? `${message}: ${cause.message}` : message;
}
