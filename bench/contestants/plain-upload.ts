import {createHash} from 'node:crypto';
import {createServer, type Server} from 'node:http';
import {firstPath, secondPath} from '../task.ts';

/**
 * A server that streams what comes into SHA-256 and keeps nothing: the limit of an upload.
 *
 * @param mode `after`, `early` or `continue`: when the redirect is answered
 */
export function plainUpload(mode: string): Server {
	const server = createServer((request, response) => {
		const redirect = () => {
			// What a client that is answered early does not send any more is nobody's fault.
			request.on('error', () => undefined);
			response.writeHead(307, {Location: secondPath, 'Content-Length': 0}).end();
		};
		const hash = createHash('sha256');
		request.on('data', piece => hash.update(piece));
		if (request.url === firstPath && mode !== 'after') return redirect();
		request.on('end', () => {
			hash.digest('hex');
			if (request.url === firstPath) redirect();
			else response.writeHead(201, {'Content-Length': 0}).end();
		});
	});
	if (mode === 'continue')
		server.on('checkContinue', (request, response) => {
			if (request.url !== firstPath) response.writeContinue();
			server.emit('request', request, response);
		});
	return server;
}
