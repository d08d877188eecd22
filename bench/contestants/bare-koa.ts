/** What a project writes for itself: Koa and @koa/router, which push what they got into an array. */
import {createServer, type IncomingHttpHeaders, type IncomingMessage} from 'node:http';
import {fileURLToPath} from 'node:url';
import {Router} from '@koa/router';
import Koa from 'koa';
import {firstPath, secondPath} from '../task.ts';
import {serve} from './child.ts';
import {listenAnywhere} from './listening.ts';
import {versionOf} from './peer.ts';

interface Got {
	readonly method: string;
	readonly url: string;
	readonly headers: IncomingHttpHeaders;
	readonly body: Buffer;
}

await serve(async () => {
	const got: Got[] = [];
	const server = createServer(koa(got).callback());
	server.keepAliveTimeout = 0;
	return {
		port: await listenAnywhere(server),
		version: versionOf('koa', fileURLToPath(new URL('../../node_modules', import.meta.url))),
		recorded: () => got.length,
		reset: () => void got.splice(0),
		judge: () => scan(got),
	};
});

function koa(got: Got[]): Koa {
	const app = new Koa();
	const router = new Router();
	app.use(async (ctx, next) => {
		const body = await bodyOf(ctx.req);
		const {method, url, headers} = ctx;
		got.push({method, url, headers, body});
		await next();
	});
	router.post(firstPath, ctx => {
		ctx.status = 307;
		ctx.set('Location', secondPath);
		ctx.body = '';
	});
	router.post(secondPath, ctx => {
		ctx.status = 201;
		ctx.body = {id: 123};
	});
	app.use(router.routes());
	return app;
}

/** By events, which cost half of what an async iterator does: this is to be no easy prey. */
function bodyOf(request: IncomingMessage): Promise<Buffer> {
	return new Promise((resolve, reject) => {
		const pieces: Buffer[] = [];
		request.on('data', piece => pieces.push(piece));
		request.on('end', () => resolve(Buffer.concat(pieces)));
		request.on('error', reject);
	});
}

/** What a test does with such an array: for each redirected request, is there an equal one at the target? */
function scan(got: readonly Got[]): number {
	const waiting: Got[] = [];
	let good = 0;
	for (const each of got) {
		if (each.url === firstPath) waiting.push(each);
		else {
			const first = waiting.shift();
			if (first && isSame(first, each)) good++;
		}
	}
	return good;
}

function isSame(one: Got, other: Got): boolean {
	if (one.method !== other.method || !one.body.equals(other.body)) return false;
	const names = Object.keys(one.headers);
	return names.every(name => one.headers[name] === other.headers[name]);
}
