/** mountebank with an imposter that records requests. */
import {join} from 'node:path';
import {serve} from './child.ts';
import {freePort} from './listening.ts';
import {imposter, mountebankOptions} from './mountebank-imposter.mjs';
import {folderOf, versionOf} from './peer.ts';

interface Mountebank {
	create(options: object): Promise<unknown>;
}

interface Recorded {
	readonly path: string;
	readonly method: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
}

await serve(async () => {
	const main = join(folderOf('@mbtest/mountebank'), 'src', 'mountebank.js');
	const {default: mountebank}: {default: Mountebank} = await import(main);
	const [admin, port] = [await freePort(), await freePort()];
	await mountebank.create(mountebankOptions(admin));
	const at = `http://127.0.0.1:${admin}/imposters`;
	const headers = {'Content-Type': 'application/json'};
	const made = await fetch(at, {method: 'POST', headers, body: JSON.stringify(imposter(port))});
	if (made.status !== 201) throw new Error(`No imposter: ${await made.text()}`);
	const requests = async () => {
		const told: {requests: Recorded[]} = JSON.parse(await (await fetch(`${at}/${port}`)).text());
		return told.requests;
	};
	return {
		port,
		version: versionOf('@mbtest/mountebank'),
		recorded: async () => (await requests()).length,
		reset: async () => {
			const gone = await fetch(`${at}/${port}/savedRequests`, {method: 'DELETE'});
			if (!gone.ok) throw new Error(`Not reset: ${await gone.text()}`);
			await gone.arrayBuffer();
		},
		judge: async () => pairsOf(await requests()),
	};
});

function pairsOf(requests: readonly Recorded[]): number {
	const waiting: Recorded[] = [];
	let good = 0;
	for (const request of requests) {
		const first = request.path.includes('v1') ? undefined : waiting.shift();
		if (request.path.includes('v1')) waiting.push(request);
		else if (first && isSame(first, request)) good++;
	}
	return good;
}

function isSame(one: Recorded, other: Recorded): boolean {
	if (one.method !== other.method || one.body !== other.body) return false;
	return Object.keys(one.headers).every(name => one.headers[name] === other.headers[name]);
}
