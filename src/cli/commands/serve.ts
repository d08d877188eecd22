import type {Command} from 'commander';
import {exitCodes} from '../exit-codes.ts';
import type {Serving} from '../serve-scenarios.ts';
import {ended} from './ended.ts';
import {examples} from './examples.ts';
import {collectHosts, readCount, readFdOption, readPortOption} from './readers.ts';

/** As commander names them. */
interface Options extends Omit<Serving, 'scenarios' | 'command' | 'proxyPort'> {
	readonly proxy?: number;
}

export function addServe(program: Command): void {
	program
		.command('serve')
		.summary('serve scenarios and the HTTP API, and tell what comes')
		.description(
			'Serves the HTTP API and scenarios on this machine, prints a curl line for each documented request, and tells each redirect and what the client made of it, until Ctrl+C.',
		)
		.argument(
			'[scenario...]',
			'names of shipped scenarios, or paths; without any, doubles are started by the API',
		)
		.option(
			'-p, --port <port>',
			'the port of the HTTP API, the listeners take the ones after it; 0 for free ones (default: 3070, or a free one where that is in use, and free ones for the listeners)',
			readPortOption,
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
			readPortOption,
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
			readFdOption,
		)
		.addHelpText(
			'after',
			examples(
				['followthrough serve api-move ./my-move.yaml', 'Two scenarios.'],
				['followthrough serve --port 8080 api-move', 'One, at a port that stays the same.'],
				[
					'followthrough serve --watch ./my-move.yaml',
					'A file that you write at the same time: the addresses and the journal stay.',
				],
				[
					'followthrough serve --host 0.0.0.0 --advertise double.example.test api-move',
					'For other machines, which know this one by that name.',
				],
				[
					'followthrough serve --ready-file ready.json api-move &',
					'In a script, which waits until the file is there, and reads the addresses from it.',
				],
			),
		)
		.action(async (scenarios: readonly string[], {proxy, ...options}: Options) => {
			const {serveScenarios} = await import('../serve-scenarios.ts');
			const command = 'followthrough serve';
			const served = serveScenarios({...options, scenarios, proxyPort: proxy, command});
			await ended(served.then(() => exitCodes.done));
		});
}
