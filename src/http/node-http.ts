import type http from 'node:http';

/**
 * What is used of `node:http`, taken as CommonJS code takes it. An `import` of it reads all that it
 * exports, and from Node 22 on that loads the whole of `fetch`, for the sake of `http.WebSocket`: a
 * fifth of the time from the start of a process to its first answer. Types are imported as ever.
 */
export const {
	createServer,
	maxHeaderSize,
	METHODS,
	ServerResponse,
	STATUS_CODES,
	validateHeaderName,
} = process.getBuiltinModule('node:http');

export type ServerResponse = http.ServerResponse;
