import {type Command, Option} from 'commander';
import type {ImportOptions} from '../import.ts';
import {ended} from './ended.ts';
import {examples} from './examples.ts';

export function addImport(program: Command): void {
	program
		.command('import')
		.summary('write a scenario from a recording (HAR) or from stubs of WireMock')
		.description(
			'Writes a scenario from HTTP archives (HAR 1.1 and 1.2), whose redirects become routes and calls with their follow-ups, or from stub mappings of WireMock. What is left out is told on stderr, each with its place.',
		)
		.argument('<file...>', 'files, folders with stub mappings, or "-"')
		.addOption(
			new Option('-f, --format <format>', 'what the files are; guessed unless told').choices([
				'har',
				'wiremock',
			]),
		)
		.option('--origin <url>', 'the server that stub mappings stand for')
		.option(
			'-o, --output <file>',
			'where to: a name in .yaml or .json, or "-" (default: <name>.yaml)',
		)
		.option('-n, --name <name>', 'the name of the scenario')
		.option('--all', 'of an archive, take the requests that no redirect has to do with, too')
		.option('--force', 'overwrite a file that is there')
		.option('--json', 'print scenario, notes and what lint finds as JSON')
		.addHelpText(
			'after',
			examples(
				['followthrough import login.har', 'The redirects of a recording.'],
				[
					'followthrough import wiremock/ --origin https://api.example.test -o my-api.yaml',
					'Stub mappings, with the bodies in "__files".',
				],
			),
		)
		.action(async (files: readonly string[], options: ImportOptions) => {
			const {importScenario} = await import('../import.ts');
			await ended(importScenario(files, options));
		});
}
