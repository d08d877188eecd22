import {createRequire} from 'node:module';
import type KoaClass from 'koa';

export type {Router} from '@koa/router';

const require = createRequire(import.meta.url);

/**
 * Koa and its router, taken as CommonJS: the very class that an `import` of Koa gives. The router's
 * ES module imports `node:http` (see http/node-http.ts), and to load both as ES modules takes longer.
 */
export const Koa: typeof KoaClass = require('koa');
export type Koa<State, Context> = KoaClass<State, Context>;

export const koaRouter: typeof import('@koa/router') = require('@koa/router');
