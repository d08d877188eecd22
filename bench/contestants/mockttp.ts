/** Mockttp, which keeps all traffic in memory. */
import {join} from 'node:path';
import {createdBody, firstPath, secondPath} from '../task.ts';
import {serve} from './child.ts';
import {folderOf, versionOf} from './peer.ts';

interface Seen {
	readonly method: string;
	readonly path: string;
	readonly headers: Readonly<Record<string, unknown>>;
	readonly body: {getText(): Promise<string | undefined>};
}

interface Endpoint {
	getSeenRequests(): Promise<Seen[]>;
}

interface Mockttp {
	readonly port: number;
	start(): Promise<void>;
	reset(): void;
	forPost(path: string): {
		thenReply(status: number, body: string, headers: Record<string, string>): Promise<Endpoint>;
	};
}

await serve(async () => {
	const main = join(folderOf('mockttp'), 'dist', 'main.js');
	const {getLocal}: {getLocal(): Mockttp} = await import(main);
	const server = getLocal();
	await server.start();
	let endpoints = await addRules(server);
	return {
		port: server.port,
		version: versionOf('mockttp'),
		recorded: async () => (await seenBy(endpoints)).flat().length,
		reset: async () => {
			server.reset();
			endpoints = await addRules(server);
		},
		judge: async () => {
			const [first = [], second = []] = await seenBy(endpoints);
			let good = 0;
			for (const [index, request] of first.entries()) {
				const followUp = second[index];
				if (followUp && (await isSame(request, followUp))) good++;
			}
			return good;
		},
	};
});

function addRules(server: Mockttp): Promise<Endpoint[]> {
	const json = {'Content-Type': 'application/json', 'Content-Length': String(createdBody.length)};
	return Promise.all([
		server.forPost(firstPath).thenReply(307, '', {Location: secondPath, 'Content-Length': '0'}),
		server.forPost(secondPath).thenReply(201, createdBody, json),
	]);
}

function seenBy(endpoints: readonly Endpoint[]): Promise<Seen[][]> {
	return Promise.all(endpoints.map(endpoint => endpoint.getSeenRequests()));
}

async function isSame(one: Seen, other: Seen): Promise<boolean> {
	if (one.method !== other.method) return false;
	if ((await one.body.getText()) !== (await other.body.getText())) return false;
	return Object.keys(one.headers).every(name => one.headers[name] === other.headers[name]);
}
