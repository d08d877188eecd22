import type {Command} from 'commander';
import {exitCodes} from '../exit-codes.ts';
import type {Serving} from '../serve-scenarios.ts';
import {ended} from './ended.ts';
import {examples} from './examples.ts';
import {collectHosts, readCount, readFd, readPort} from './readers.ts';

/** As commander names them. */
interface Options extends Omit<Serving, 'scenarios' | 'command' | 'proxyPort'> {
	readonly proxy?: number;
}

/** How it is asked for. */
interface Use {
	readonly name: string;
	/** What stands before the scenarios in a command line. */
	readonly line: string;
	/** Whether all shipped scenarios are served where none is named. */
	readonly allUnlessNamed?: boolean;
	/** Where the pages of the rules are, as seen from the working directory. */
	readonly pages?: string;
}

export function addServe(program: Command, {name, line, allUnlessNamed = false, pages}: Use): void {
	program
		.command(name)
		.summary('serve scenarios and the HTTP API, and tell what comes')
		.description(
			'Serves the HTTP API and scenarios on this machine, prints a curl line for each documented request, and tells each redirect and what the client made of it, until Ctrl+C.',
		)
		.argument(
			'[scenario...]',
			`names of shipped scenarios, or paths; without any, ${allUnlessNamed ? 'all shipped ones are served' : 'doubles are started by the API'}`,
		)
		.option(
			'-p, --port <port>',
			'the port of the HTTP API, the listeners take the ones after it; 0 for free ones (default: 3070, or a free one where that is in use, and free ones for the listeners)',
			readPort,
		)
		.option('--all', 'serve all shipped scenarios, too')
		.option(
			'--token <token>',
			'what requests to the API must bear (better in the variable FOLLOWTHROUGH_TOKEN: all users of a machine see its command lines)',
		)
		.option('--show-secrets', 'let the API show recorded credentials to whoever asks')
		.option(
			'--allow-host <name>',
			'a name by which the API may be asked for, beside those of loopback; may come again',
			collectHosts,
		)
		.option('--max-doubles <count>', 'how many doubles the API may start', readCount, 100)
		.option(
			'--proxy <port>',
			'the port of the first proxy, the others take the ones after it (default: free ports)',
			readPort,
		)
		.option('--host <address>', 'the address to listen on (default: 127.0.0.1)')
		.option(
			'--advertise <host>',
			'the host name or address by which clients reach this machine, for all URLs (default: the address that is listened on)',
		)
		.option('--watch', 'play a scenario file as it is each time when it changes')
		.option('--ready-file <path>', 'a file that is there while all is open, with all addresses')
		.option(
			'--ready-fd <number>',
			'the same, to a file or pipe that was opened for this process',
			readFd,
		)
		.addHelpText(
			'after',
			examples(
				[`${line} api-move ./my-move.yaml`, 'Two scenarios.'],
				[`${line} --port 8080 api-move`, 'One, at a port that stays the same.'],
				[
					`${line} --watch ./my-move.yaml`,
					'A file that you write at the same time: the addresses and the journal stay.',
				],
				[
					`${line} --host 0.0.0.0 --advertise double.example.test api-move`,
					'For other machines, which know this one by that name.',
				],
				[
					`${line} --ready-file ready.json api-move &`,
					'In a script, which waits until the file is there, and reads the addresses from it.',
				],
			),
		)
		.action(async (scenarios: readonly string[], {proxy, ...options}: Options) => {
			const {serveScenarios} = await import('../serve-scenarios.ts');
			const all = options.all || (allUnlessNamed && scenarios.length === 0);
			const where = {command: line, ...(pages !== undefined && {pages})};
			const asked = {...options, scenarios, all, proxyPort: proxy, ...where};
			await ended(serveScenarios(asked).then(() => exitCodes.done));
		});
}
