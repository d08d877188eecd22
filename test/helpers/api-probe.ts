import {request} from 'node:http';
import {createServer} from 'node:net';
import type {ExecutionContext} from 'ava';
import {Doubles} from '../../src/api/doubles.ts';
import {type ApiOptions, startApi} from '../../src/api/start-api.ts';
import {type Double, type ScenarioSource, type StartOptions, startDouble} from '../../src/index.ts';

/** A request to the API. */
export interface Asked {
	readonly method: string;
	/** With its query. */
	readonly path: string;
	readonly headers?: Readonly<Record<string, string>>;
	readonly content?: string;
	/** More bytes than are sent. */
	readonly announced?: number;
}

/** What was answered. */
export interface Answered {
	readonly status: number;
	readonly headers: NodeJS.Dict<string | string[]>;
	/** As text; empty for a stream that goes on. */
	readonly content: string;
}

/** A server with an API, for one request. */
export interface Probe {
	readonly url: string;
	readonly doubles: Doubles;
	/** A double that runs, with what it is called. */
	adopt(source?: ScenarioSource, options?: StartOptions): Promise<{id: string; double: Double}>;
	/** Sends the documented call of api-move, and follows the redirect. */
	call(double: Double, times?: number): Promise<void>;
	/** A port that is in use. */
	usedPort(): Promise<number>;
	ask(asked: Asked): Promise<Answered>;
}

export const token = 'a-token';

/** Starts it; a test that ends closes it. Requests bear its token, unless told. */
export async function probe(t: ExecutionContext, options: ApiOptions = {}): Promise<Probe> {
	const doubles = options.doubles ?? new Doubles();
	const api = await startApi({
		onFault: error => t.fail(error instanceof Error ? error.stack : String(error)),
		token,
		...options,
		doubles,
	});
	t.teardown(async () => {
		await api.close();
		await doubles.close();
	});
	return {
		url: api.url,
		doubles,
		adopt: async (source = 'api-move', start = {}) =>
			doubles.adopt(await startDouble(source, start)),
		async call(double, times = 1) {
			const url = double.urlOf('https://api.example.test/api/v1/users');
			for (let count = 1; count <= times; count++) {
				const answer = await fetch(url, {method: 'POST', body: '{"name":"Ada"}'});
				await answer.arrayBuffer();
			}
			await double.journal.waitFor(({number}) => number === 2 * times);
		},
		usedPort: () => usedPort(t),
		ask: asked => ask(api.url, asked),
	};
}

function usedPort(t: ExecutionContext): Promise<number> {
	const server = createServer();
	t.teardown(() => void server.close());
	return new Promise(resolve => {
		server.listen(0, '127.0.0.1', () => {
			const address = server.address();
			resolve(typeof address === 'object' && address !== null ? address.port : 0);
		});
	});
}

/** Unlike fetch, it can send any Host. */
function ask(url: string, {method, path, headers, content, announced}: Asked): Promise<Answered> {
	return new Promise((resolve, reject) => {
		const typed = content === undefined ? {} : {'Content-Type': 'application/json'};
		const length = announced ?? (content === undefined ? undefined : Buffer.byteLength(content));
		const asked = request(url + path, {
			method,
			agent: false,
			headers: {
				Authorization: `Bearer ${token}`,
				...typed,
				...(length !== undefined && {'Content-Length': length}),
				...headers,
			},
		});
		asked.on('error', reject).on('response', response => {
			const {statusCode: status = 0, headers} = response;
			const pieces: Buffer[] = [];
			const end = () => {
				resolve({status, headers, content: Buffer.concat(pieces).toString()});
				asked.destroy();
			};
			if (headers['content-type']?.startsWith('text/event-stream')) return end();
			response.on('data', piece => pieces.push(piece)).on('end', end);
		});
		if (content !== undefined) asked.write(content);
		if (announced === undefined) asked.end();
	});
}
