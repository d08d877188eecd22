import {once} from 'node:events';
import {createServer} from 'node:http';
import {bindingOf, hostsOf, openAt} from '../doors/binding.ts';
import {packageVersion} from '../package-version.ts';
import type {StartOptions} from '../start-options.ts';
import type {Api} from './api.ts';
import {createApp} from './app.ts';
import {Doubles} from './doubles.ts';
import {EventFeeds} from './event-feeds.ts';
import {openApiDocument} from './openapi.ts';
import {operations} from './resources/index.ts';
import {Waiting} from './waiting.ts';

/** How the API is served. */
export interface ApiOptions {
	/** Those that are there when it starts, and those that it makes; an empty registry, unless told. */
	readonly doubles?: Doubles;
	/** How each double is started, unless its request tells otherwise. */
	readonly start?: StartOptions;
	/** The address to bind to; 127.0.0.1 unless told. */
	readonly host?: string;
	/** A free one, unless told. */
	readonly port?: number;
	/** The name or address by which clients reach this machine; it stands in `url`. As for a double, unless told. */
	readonly advertise?: string;
	/** Names that a request may have in its Host, beside those of loopback, `host` and `advertise`. */
	readonly allowedHosts?: readonly string[];
	/** What a request must bear; none, unless told. */
	readonly token?: string | undefined;
	/** Whether recorded credentials are shown to whoever asks; with a token its bearer may see them anyway. */
	readonly showSecrets?: boolean;
	/** The largest content of a request, in bytes; 1 MiB unless told. */
	readonly maxContent?: number;
	/** Milliseconds in which the content of a request must have come; 30 seconds unless told. */
	readonly contentTimeout?: number;
	/** How many requests may wait for something at the same time; 100 unless told. */
	readonly maxWaiting?: number;
	/** Milliseconds of silence on a stream of events before a comment is sent; 15 seconds unless told. */
	readonly heartbeat?: number;
	/** Is told of faults of this program; they are printed on stderr, unless told. */
	readonly onFault?: (error: unknown) => void;
}

/** The API, open. */
export interface RunningApi {
	/** Such as `http://127.0.0.1:3070`, with no trailing slash. */
	readonly url: string;
	readonly port: number;
	/** Stops listening and ends all connections. The doubles run on: `doubles.close()` closes them. */
	close(): Promise<void>;
}

/**
 * Serves the HTTP API.
 *
 * @throws FollowthroughError PORT_IN_USE, or OPTION_INVALID for an address that is none of this machine's
 */
export async function startApi(options: ApiOptions = {}): Promise<RunningApi> {
	const {host = '127.0.0.1', port = 0, advertise, token} = options;
	const binding = await bindingOf(host, advertise);
	const server = createServer({headersTimeout: 10_000, requestTimeout: 60_000});
	const opened = await openAt(server, binding, {port, purpose: 'the HTTP API'});
	const url = `http://${binding.advertised}:${opened}`;
	const names = [host, ...hostsOf(binding), ...(options.allowedHosts ?? [])];
	const admission = {names: new Set(names.map(name => name.toLowerCase())), token};
	const handle = createApp(operations, apiOf(options, url), admission).callback();
	server.on('request', (request, response) => void handle(request, response));
	return {
		url,
		port: opened,
		async close() {
			const closed = once(server, 'close');
			server.close();
			server.closeAllConnections();
			await closed;
		},
	};
}

function apiOf(options: ApiOptions, url: string): Api {
	const {token, showSecrets = false, doubles = new Doubles(), start = {}} = options;
	const version = packageVersion();
	const {
		maxContent = 1024 * 1024,
		contentTimeout = 30_000,
		maxWaiting = 100,
		heartbeat = 15_000,
	} = options;
	return {
		doubles,
		start,
		url,
		version,
		document: openApiDocument(operations, version),
		maySeeSecrets: token !== undefined || showSecrets,
		waiting: new Waiting(maxWaiting),
		feeds: new EventFeeds(doubles),
		heartbeat,
		limits: {maxContent, contentTimeout},
		onFault: options.onFault ?? printFault,
	};
}

function printFault(error: unknown): void {
	process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
}
