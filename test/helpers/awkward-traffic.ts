import type {Double} from '../../src/double.ts';
import {defineScenario, startDouble} from '../../src/index.ts';
import {connectHttp2} from './http2-client.ts';
import {askProxy} from './proxy-client.ts';
import {ask, chunked, connectTo, headOf} from './raw-client.ts';

export const api = 'https://api.example.test';

/** Redirects of several kinds, and what else an export may meet. */
export const awkward = defineScenario({
	name: 'awkward',
	links: 'tagged',
	routes: [
		{
			request: `POST ${api}/users`,
			response: {
				status: 307,
				headers: {
					Location: `${api}/v2/users?sig=hidden`,
					'Set-Cookie': [
						'sid=hidden; Path=/v2; HttpOnly; Secure; Expires=Wed, 21 Oct 2026 07:28:00 GMT',
						'lang=en; Domain=example.test; Max-Age=5',
					],
				},
				interim: [{status: 103, headers: {Link: '</a.css>; rel=preload'}}],
			},
		},
		{request: `POST ${api}/v2/users`, response: {status: 201, json: {id: 7}}},
		{
			request: `PUT ${api}/early`,
			response: {status: 308, headers: {Location: '/stored'}, answer: 'before-body'},
		},
		{request: `PUT ${api}/stored`, response: {status: 204}},
		{request: `GET ${api}/broken`, response: {text: 'never', fault: 'reset-before-head'}},
		{request: `GET ${api}/cut`, response: {text: 'never', fault: {truncateAfter: 2}}},
	],
});

/** The secrets that are sent to it: an export that is masked has none of them. */
export const secret = 'hidden';

/** Bytes that are no text. */
export const binary = Uint8Array.from([0, 255, 10, 39, 92, 37]);

/** A double to which all of it has come, by a client that follows by hand. */
export async function awkwardDouble(): Promise<Double> {
	const double = await startDouble(awkward, {maxBodySize: 100_000});
	const {url} = double;
	const {host} = new URL(url);
	const credentials = [
		'Authorization: Bearer hidden',
		'Cookie: sid=hidden; lang=en',
		`Referer: ${url}/from`,
	];
	const json = '{"name":"Ada","password":"hidden"}';
	const post = (target: string) => [
		`POST ${target} HTTP/1.1`,
		`Host: ${host}`,
		...credentials,
		'Content-Type: application/json',
		`Content-Length: ${json.length}`,
	];
	await ask(url, post('/users?token=hidden'), json);
	const [first] = double.exchanges;
	await ask(url, post(new URL(first?.response?.location?.sent ?? '').href.slice(url.length)), json);
	await ask(url, ['PUT /stored HTTP/1.0', `Content-Length: ${binary.length}`], binary);
	await ask(
		url,
		['PUT /stored HTTP/1.1', `Host: ${host}`, 'Transfer-Encoding: chunked'],
		chunked(['one', 'two'], ['X-Sum: 6']),
	);
	await ask(url, ['PUT /early HTTP/1.1', `Host: ${host}`, 'Content-Length: 9'], '123');
	await unanswered(url, ['GET /broken HTTP/1.1', `Host: ${host}`]);
	await unanswered(url, ['GET /cut HTTP/1.1', `Host: ${host}`]);
	await ask(url, ['GET /no-such?q=%zz&q=a+b#top HTTP/1.1', `Host: ${host}`]);
	await ask(url, ['OPTIONS * HTTP/1.1', `Host: ${host}`]);
	await unanswered(url, ['no HTTP', 'Authorization: Bearer hidden']);
	await askProxy(double.proxy, 'GET', 'https://other.example.test/x', ['X-Odd: \xff']);
	await unanswered(double.proxy, ['CONNECT other.example.test:443 HTTP/1.1', 'Host: other']);
	using http2 = await connectHttp2(url);
	await http2.ask({':method': 'PUT', ':path': '/stored'}, Buffer.alloc(200_000));
	await double.settle();
	return double;
}

/** Sends what gets no whole answer. */
async function unanswered(url: string, lines: readonly string[]): Promise<void> {
	using client = await connectTo(url);
	client.send(headOf(lines));
	await client.rest();
}
