/**
 * The client under test, as `followthrough grade` calls it: one call, redirects followed as our code
 * does. Put your own client in the place of fetch.
 */
import {readFile} from 'node:fs/promises';

const {METHOD, URL, HEADERS_FILE, BODY_FILE} = process.env;

const lines = (await readFile(HEADERS_FILE, 'utf8')).split('\n').filter(line => line !== '');
const response = await fetch(URL, {
	method: METHOD,
	headers: lines.map(line => line.split(/: (.*)/s).slice(0, 2)),
	body: BODY_FILE && new Blob([await readFile(BODY_FILE)]),
});
await response.arrayBuffer();
console.log(response.status);
