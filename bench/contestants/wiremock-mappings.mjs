// Plain JavaScript, since what is started once, in starts/, must not pay for types.
import {mkdirSync, readdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';

/** The arguments of `java`. @param {string} installed @param {string} folder @param {number} port */
export function wiremockArguments(installed, folder, port) {
	const build = join(installed, 'build');
	const jar = readdirSync(build).find(name => name.endsWith('.jar')) ?? '';
	const where = ['--bind-address', '127.0.0.1', '--port', String(port), '--root-dir', folder];
	return ['-jar', join(build, jar), ...where, '--disable-banner'];
}

/** @param {string} folder */
export function writeMappings(folder) {
	const mappings = join(folder, 'mappings');
	mkdirSync(mappings, {recursive: true});
	const write = (name, url, response) =>
		writeFileSync(
			join(mappings, `${name}.json`),
			JSON.stringify({request: {method: 'POST', urlPath: url}, response}),
		);
	write('first', '/api/v1/users', {status: 307, headers: {Location: '/api/v2/users'}});
	write('second', '/api/v2/users', {
		status: 201,
		headers: {'Content-Type': 'application/json'},
		body: '{"id":123}',
	});
}
