/** What a project writes for itself: see starts/koa-app.mjs. */
import {createServer} from 'node:http';
import {fileURLToPath} from 'node:url';
import {Router} from '@koa/router';
import Koa from 'koa';
import {type Got, koaApp} from '../starts/koa-app.mjs';
import {firstPath} from '../task.ts';
import {serve} from './child.ts';
import {listenAnywhere} from './listening.ts';
import {versionOf} from './peer.ts';

await serve(async () => {
	const got: Got[] = [];
	const server = createServer(koaApp(Koa, Router, got).callback());
	server.keepAliveTimeout = 0;
	return {
		port: await listenAnywhere(server),
		version: versionOf('koa', fileURLToPath(new URL('../../node_modules', import.meta.url))),
		recorded: () => got.length,
		reset: () => void got.splice(0),
		judge: () => scan(got),
	};
});

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
