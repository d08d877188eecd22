// Serves on the port that it is given, for the time from the start of a process to its first answer.
import {createServer} from 'node:http';
import {Router} from '@koa/router';
import Koa from 'koa';
import {koaApp} from './koa-app.mjs';

createServer(koaApp(Koa, Router, []).callback()).listen(Number(process.argv[2]), '127.0.0.1');
