import {once} from 'node:events';
import {createServer} from 'node:http';
import {measure} from './first-307.mjs';
import {koaApp} from './koa-app.mjs';

await measure(
	async () => {
		const [{default: Koa}, {Router}] = await Promise.all([import('koa'), import('@koa/router')]);
		return {Koa, Router};
	},
	async ({Koa, Router}) => {
		const server = createServer(koaApp(Koa, Router, []).callback()).listen(0, '127.0.0.1');
		await once(server, 'listening');
		return {origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close()};
	},
);
