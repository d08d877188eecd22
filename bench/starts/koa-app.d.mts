import type {IncomingHttpHeaders} from 'node:http';
import type {Router} from '@koa/router';
import type Koa from 'koa';

/** What bare Koa keeps of a request. */
export interface Got {
	readonly method: string;
	readonly url: string;
	readonly headers: IncomingHttpHeaders;
	readonly body: Buffer;
}

export function koaApp(koa: typeof Koa, router: typeof Router, got: Got[]): Koa;
