import {parseArgs} from 'node:util';

/** What `serve` was asked to do. */
export interface ServeArguments {
	readonly help: boolean;
	/** Names and paths of scenarios; empty for all shipped ones. */
	readonly scenarios: readonly string[];
	/** The port of the first listener, the others take the next ones; absent for free ports. */
	readonly port?: number;
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
  -h, --help           this text
`;

const options = {
	help: {type: 'boolean', short: 'h', default: false},
	port: {type: 'string', short: 'p'},
} as const;

/**
 * Reads the arguments of `serve`.
 *
 * @throws UsageError for an unknown option or a port that is none
 */
export function readServeArguments(args: readonly string[]): ServeArguments {
	const {values, positionals} = parse(args);
	const {help, port} = values;
	return {
		help,
		scenarios: positionals,
		...(port !== undefined && {port: readPort(port)}),
	};
}

function parse(args: readonly string[]) {
	try {
		return parseArgs({args: [...args], options, allowPositionals: true});
	} catch (error) {
		// Node's message goes on with advice about positional arguments that begin with a hyphen.
		const [fault] = error instanceof Error ? error.message.split(/\. |\n/) : [String(error)];
		throw new UsageError(
			`${fault}. The options are --port and --help; try "npm start -- --help".`,
			{
				cause: error,
			},
		);
	}
}

/** @throws UsageError */
export function readPort(text: string): number {
	const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
	if (port >= 1 && port <= 65535) return port;
	throw new UsageError(`The port "${text}" is none: expected a whole number from 1 to 65535.`);
}
