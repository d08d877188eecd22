import test, {type ExecutionContext} from 'ava';
import {programAdapter} from '../src/cli/program-adapter.ts';
import type {Double} from '../src/double.ts';
import {askedCalls} from '../src/grading/asked-calls.ts';
import {loadScenario} from '../src/scenario/load.ts';
import {startDouble} from '../src/start-double.ts';
import {type ForeignClient, foreignClients, lacks, send} from './clients/foreign.ts';
import {documentedCalls} from './clients/real/calls.ts';
import {sealed} from './clients/real/play.ts';

/** A door, as a client of another language is led to it. */
interface Door {
	readonly name: string;
	readonly tls: boolean;
	readonly http2?: true;
	urlOf(double: Double, documented: string): string;
	/** The variables that the client is started with. */
	env(double: Double): Promise<Readonly<Record<string, string>>>;
}

const local = (double: Double, documented: string) => double.urlOf(documented);

/** What names the CA, without what names the proxy. */
async function trust(double: Double) {
	const variables = Object.entries(await double.env());
	return Object.fromEntries(variables.filter(([name]) => !/_proxy$/i.test(name)));
}

const doors: readonly Door[] = [
	{name: 'plain HTTP', tls: false, urlOf: local, env: async () => ({})},
	{name: 'TLS', tls: true, urlOf: local, env: trust},
	{name: 'HTTP/2 over TLS', tls: true, http2: true, urlOf: local, env: trust},
	{name: 'the proxy', tls: false, urlOf: (_, url) => url, env: double => double.env()},
];

/** The redirects of a scenario's documented calls. */
const scenarios: Readonly<Record<string, number>> = {
	'api-move': 1,
	'upload-reroute': 1,
	'delete-move': 1,
	'relative-location': 1,
	'chain-of-three': 3,
	'cross-origin': 1,
	'moved-302': 1,
	'see-other-303': 1,
	'permanent-308': 1,
};

const leaks = ['authorization-withheld', 'cookie-withheld'];
const keepsType = {
	'moved-302': ['content-headers-removed'],
	'see-other-303': ['content-headers-removed'],
};

/** The rules that a client is known to break, whichever door it comes by. */
const mistakes: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
	curl: keepsType,
	wget: {...keepsType, 'cross-origin': leaks},
	"Python's httpx": keepsType,
	"Go's net/http": keepsType,
	"Java's HttpClient": {...keepsType, 'cross-origin': leaks},
};

for (const client of foreignClients)
	for (const door of doors)
		if (client.http2 || !door.http2)
			test(`${client.name} follows documented calls over ${door.name}, and is judged`, async t => {
				if (lacks(t, client)) return;
				for (const [name, redirects] of Object.entries(scenarios)) {
					const double = await played(t, client, door, name);
					const {hops, broken} = double.verdict();
					t.is(hops.followed, redirects, `${name}: ${double.report()}`);
					t.deepEqual(
						broken.map(({rule}) => rule),
						[...(mistakes[client.name]?.[name] ?? [])],
						name,
					);
				}
			});

test("Go's net/http sends the trailers that it is given, behind a stream", async t => {
	const client = foreignClients.find(({name}) => name === "Go's net/http") ?? t.fail();
	if (lacks(t, client)) return;
	const double = await startDouble('trailers');
	t.teardown(double.close);
	const [call = t.fail()] = await askedCalls(await loadScenario('trailers'), url =>
		double.urlOf(url),
	);
	await programAdapter(client.command())({...call, signal: new AbortController().signal});
	await sealed(double);
	t.like(double.exchanges[0]?.request, {
		framing: 'chunked',
		trailers: [['X-Checksum', 'crc32=d00f02d0']],
	});
});

async function played(
	t: ExecutionContext,
	client: ForeignClient,
	door: Door,
	name: string,
): Promise<Double> {
	const double = await startDouble(name, {tls: door.tls});
	t.teardown(double.close);
	const env = await door.env(double);
	for (const call of await documentedCalls(name, url => door.urlOf(double, url))) {
		const status = await send(client, call, {env, http2: door.http2 ?? false});
		t.true(status < 300, `${status} at ${name}`);
	}
	await sealed(double);
	for (const {request, connection} of double.exchanges) {
		t.is(request.httpVersion, door.http2 ? '2.0' : '1.1', name);
		t.is(connection.tls !== undefined, door.name !== 'plain HTTP', name);
	}
	return double;
}
