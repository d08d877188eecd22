import {parseArgs} from 'node:util';
import type {Places} from './open-doubles.ts';
import type {Serving} from './serve-scenarios.ts';

/** What `serve` was asked to do. */
export interface ServeArguments
	extends Pick<Serving, 'scenarios' | 'watch' | 'readyFile' | 'readyFd'>,
		Places {
	readonly help: boolean;
}

/** A command line that can't be understood. The message is one line. */
export class UsageError extends Error {
	override readonly name = 'UsageError';
}

/** The text of `--help`. */
export const serveHelp = `Usage: npm start -- [options] [scenario …]

Serves scenarios on this machine and tells each redirect and what the client made of it.
A scenario is the name of a shipped one (api-move) or the path of a file of your own
(./my-move.yaml). Without any, all shipped ones are served.

Options:
  -p, --port <number>  the port of the first listener; the others take the ones after it
                       (default: any free ports)
      --proxy <number> the port of the first proxy; the others take the ones after it
                       (default: any free ports)
      --host <address> the address to listen on (default: 127.0.0.1, which no other
                       machine can reach)
      --advertise <host>
                       the host name or address by which clients reach this machine: it
                       stands in all URLs (default: the address that is listened on)
      --watch          plays a scenario file as it is each time when it changes, with the
                       same addresses and journal
      --ready-file <path>
                       a file that is there while all is open: pid and addresses, as JSON
      --ready-fd <number>
                       the same, to a file or pipe that was opened for this process
  -h, --help           this text
`;

const options = {
	help: {type: 'boolean', short: 'h', default: false},
	port: {type: 'string', short: 'p'},
	proxy: {type: 'string'},
	host: {type: 'string'},
	advertise: {type: 'string'},
	watch: {type: 'boolean', default: false},
	'ready-file': {type: 'string'},
	'ready-fd': {type: 'string'},
} as const;

const names = Object.keys(options)
	.map(name => `--${name}`)
	.join(', ');

/**
 * Reads the arguments of `serve`.
 *
 * @throws UsageError for an unknown option or a port that is none
 */
export function readServeArguments(args: readonly string[]): ServeArguments {
	const {values, positionals} = parse(args);
	const {help, port, proxy, host, advertise, watch} = values;
	const {'ready-file': readyFile, 'ready-fd': readyFd} = values;
	return {
		help,
		scenarios: positionals,
		...(port !== undefined && {port: readPort(port)}),
		...(proxy !== undefined && {proxyPort: readPort(proxy)}),
		...(host !== undefined && {host}),
		...(advertise !== undefined && {advertise}),
		...(watch && {watch}),
		...(readyFile !== undefined && {readyFile}),
		...(readyFd !== undefined && {readyFd: readFd(readyFd)}),
	};
}

function parse(args: readonly string[]) {
	try {
		return parseArgs({args: [...args], options, allowPositionals: true});
	} catch (error) {
		// Node's message goes on with advice about positional arguments that begin with a hyphen.
		const [fault] = error instanceof Error ? error.message.split(/\. |\n/) : [String(error)];
		throw new UsageError(`${fault}. The options are ${names}; try "npm start -- --help".`, {
			cause: error,
		});
	}
}

/** @throws UsageError */
export function readFd(text: string): number {
	if (/^\d{1,6}$/.test(text)) return Number(text);
	throw new UsageError(
		`The file descriptor "${text}" is none: expected the number of a file that was opened for this process, such as 3.`,
	);
}

/** @throws UsageError */
export function readPort(text: string): number {
	const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
	if (port >= 1 && port <= 65535) return port;
	throw new UsageError(`The port "${text}" is none: expected a whole number from 1 to 65535.`);
}
