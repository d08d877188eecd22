/** The limit: plain node:http that answers the same and records nothing. */
import {createServer} from 'node:http';
import {createdBody, firstPath, secondPath} from '../task.ts';
import {serve} from './child.ts';
import {listenAnywhere} from './listening.ts';
import {plainUpload} from './plain-upload.ts';

await serve(async mode => {
	const server = mode === 'pairs' ? plain() : plainUpload(mode);
	server.keepAliveTimeout = 0;
	return {port: await listenAnywhere(server), version: process.versions.node};
});

function plain() {
	return createServer((request, response) => {
		request.resume();
		request.on('end', () => {
			if (request.url === firstPath)
				response.writeHead(307, {Location: secondPath, 'Content-Length': 0}).end();
			else
				response
					.writeHead(201, {
						'Content-Type': 'application/json',
						'Content-Length': createdBody.length,
					})
					.end(createdBody);
		});
	});
}
