import type {Command} from 'commander';
import {exitCodes} from '../exit-codes.ts';
import {ended} from './ended.ts';
import {examples} from './examples.ts';
import {readPortOption} from './readers.ts';

export function addServe(program: Command): void {
	program
		.command('serve')
		.summary('serve scenarios, and tell what comes')
		.description(
			'Serves scenarios on this machine, prints a curl line for each documented request, and tells each redirect and what the client made of it, until Ctrl+C.',
		)
		.argument('[scenario...]', 'names of shipped scenarios, or paths; all shipped ones without any')
		.option(
			'-p, --port <port>',
			'the port of the first listener, the others take the ones after it (default: free ports)',
			readPortOption,
		)
		.addHelpText(
			'after',
			examples(
				['followthrough serve api-move ./my-move.yaml', 'Two scenarios.'],
				['followthrough serve --port 8080 api-move', 'One, at a port that stays the same.'],
			),
		)
		.action(async (scenarios: readonly string[], {port}: {port?: number}) => {
			const {serveScenarios} = await import('../serve-scenarios.ts');
			const served = serveScenarios({scenarios, port, command: 'followthrough serve'});
			await ended(served.then(() => exitCodes.done));
		});
}
