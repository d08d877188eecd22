import fc from 'fast-check';
import {mutated} from './bytes.ts';
import {paths} from './scenario.ts';

const forms = [
	(path: string) => `POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Length: 14\r\n\r\n{"name":"Ada"}`,
	(path: string) =>
		`PUT ${path} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTrailer: x\r\n\r\n5;a=b\r\nhello\r\n0\r\nx: 1\r\n\r\n`,
	(path: string) => `GET ${path}?c#d HTTP/1.0\r\n\r\n`,
	(path: string) =>
		`PUT ${path} HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 30\r\n\r\nnot all of the body`,
	(path: string) =>
		`HEAD ${path} HTTP/1.1\r\nHost: x\r\nCookie: a=b; c\r\nAuthorization: Basic eA==\r\n\r\n`,
	(path: string) =>
		`POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n${'x'.repeat(2000)}`,
	(path: string) =>
		`PATCH ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: gzip, chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n`,
];

const odd = [
	'OPTIONS * HTTP/1.1\r\nHost: x\r\nExpect: the-best\r\nContent-Length: 3\r\n\r\nabc',
	'CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n',
	'GET /\xe9 HTTP/1.1\r\nHost: x\r\nUpgrade: h2c\r\nConnection: upgrade, HTTP2-Settings\r\n\r\n',
	'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
	'POST //evil/..%2f/%zz HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nabc',
	'\r\n\r\nGET http://a/b HTTP/1.1\r\nHost: \xff\r\nA: b\r\n c\r\n\r\n',
];

/** Requests of HTTP/1 to the paths of the scenario, and what mutations make of them. */
export const http1Requests: fc.Arbitrary<Buffer[]> = fc.array(
	fc.oneof(
		mutated(forms.flatMap(form => paths.map(path => form(path)))),
		mutated(odd),
		fc.uint8Array({maxLength: 60}).map(bytes => Buffer.from(bytes)),
	),
	{minLength: 1, maxLength: 4},
);

/** Requests with no mutations, so that what comes behind them is reached. */
export const soundRequests = forms.flatMap(form => paths.map(path => form(path)));
