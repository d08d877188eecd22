import {Agent, request as ask} from 'node:http';
import type {Socket} from 'node:net';
import {buffer} from 'node:stream/consumers';
import test from 'ava';
import fc from 'fast-check';
import {startDouble} from '../../src/index.ts';
import type {Exchange} from '../../src/journal/exchange.ts';

const origin = 'https://api.example.test';

/** Where a request went out: the client's port, and how many requests that connection had carried. */
type Place = string;

/** A pool of connections, and the place of each request on them: the truth, unseen by the double. */
class Pool {
	readonly #agent: Agent;
	readonly #carried = new WeakMap<Socket, number>();

	constructor(maxSockets: number) {
		this.#agent = new Agent({keepAlive: true, maxSockets});
	}

	/** Sends a POST; resolves with its place and the Location that it got. */
	send(url: string, body: string, headers: Record<string, string>) {
		return new Promise<{place: Place; location: string | undefined}>((resolve, reject) => {
			const request = ask(url, {method: 'POST', agent: this.#agent, headers}, async response => {
				const {location} = response.headers;
				const place = this.#placeOf(response.socket);
				await buffer(response);
				resolve({place, location: location && new URL(location, url).href});
			});
			request.once('error', reject);
			request.end(body);
		});
	}

	close(): void {
		this.#agent.destroy();
	}

	#placeOf(socket: Socket): Place {
		const carried = (this.#carried.get(socket) ?? 0) + 1;
		this.#carried.set(socket, carried);
		return `${socket.localPort}#${carried}`;
	}
}

function placeOf({connection: {peer, exchange}}: Exchange): Place {
	return `${peer.slice(peer.lastIndexOf(':') + 1)}#${exchange}`;
}

const call = fc.record({
	path: fc.constantFrom('/v1/users', '/v1/uploads/7', '/v0/users'),
	body: fc.constantFrom('', 'same', '{"name":"Ada"}'),
	ownBody: fc.boolean(),
	marked: fc.constantFrom('call', 'attempt', 'not'),
	does: fc.constantFrom('follow', 'follow', 'decline', 'retry', 'direct'),
});
const calls = fc.array(call, {minLength: 200, maxLength: 300, size: 'max'});

const routes = [
	['/v0/users', '/v1/users'],
	['/v1/users', '/v2/users'],
	['/v1/uploads/:id', '/edge/uploads/:id?part=1'],
] as const;

function scenario(links: 'exact' | 'tagged') {
	const redirects = routes.map(([from, to]) => ({
		request: `POST ${origin}${from}`,
		response: {status: 307, headers: {Location: `${origin}${to}`}},
	}));
	const served = ['/v2/users', '/edge/uploads/:id'].map(path => ({
		request: `POST ${origin}${path}`,
		response: {status: 201},
	}));
	return {name: 'crowd', links, routes: [...redirects, ...served]};
}

for (const links of ['exact', 'tagged'] as const)
	test(`hundreds of clients at once over a pool are linked rightly, ${links}`, async t => {
		await fc.assert(
			fc.asyncProperty(calls, fc.integer({min: 3, max: 24}), async (all, sockets) => {
				await using double = await startDouble(scenario(links));
				const pool = new Pool(sockets);
				const causes = new Map<Place, Place>();
				const owned = new Set<Place>();
				const converse = async (each: (typeof all)[number], index: number) => {
					const body = each.ownBody ? `${each.body} of ${index}` : each.body;
					let attempt = 0;
					const marks = {
						call: () => ({'Idempotency-Key': `call ${index}`}),
						attempt: () => ({'X-Request-Id': `attempt ${index}.${++attempt}`}),
						not: () => ({}),
					};
					const send = (url: string) => pool.send(url, body, marks[each.marked]());
					if (each.does === 'direct') return send(`${double.url}/v2/users`);
					const first = `${double.url}${each.path}`;
					if (each.does === 'retry') await send(first);
					let last = await send(first);
					if (each.does === 'decline') return last;
					while (last.location !== undefined) {
						const cause = last.place;
						last = await send(last.location);
						causes.set(last.place, cause);
						if (each.does === 'follow' && (each.marked === 'call' || each.ownBody))
							owned.add(last.place);
					}
					return last;
				};
				await Promise.all(all.map(converse));
				pool.close();
				for (const exchange of double.exchanges) {
					const place = placeOf(exchange);
					const hop = double.journal.hopTo(exchange);
					const linked = hop && placeOf(hop.redirect);
					if (hop) t.deepEqual(double.journal.hopFrom(hop.redirect), hop);
					if (!exchange.response?.location) t.is(double.journal.hopFrom(exchange), undefined);
					if (hop?.link?.certain) t.is(linked, causes.get(place));
					if (links === 'tagged') t.is(linked, causes.get(place));
					else if (owned.has(place)) t.is(linked, causes.get(place));
				}
				t.true(owned.size > 0);
			}),
			{numRuns: 4},
		);
	});
