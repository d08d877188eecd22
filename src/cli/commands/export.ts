import {type Command, Option} from 'commander';
import type {ExportCommandOptions} from '../export.ts';
import {ended} from './ended.ts';
import {examples} from './examples.ts';
import {formats} from './readers.ts';

interface Options extends ExportCommandOptions {
	readonly json?: boolean;
}

export function addExport(program: Command): void {
	program
		.command('export')
		.summary('what a double has seen, in a form for other programs')
		.description(
			`Prints what a double of a running "followthrough serve" has seen so far, in one of these forms:
  har       all exchanges as an HTTP Archive 1.2, for the viewers of browsers and proxies
  json      the verdict with outcome and why, and the hops
  junit     the verdict as JUnit XML, for CI services
  markdown  the verdict for people, such as for the summary of a CI job
  sarif     what was broken as SARIF 2.1.0, for code scanning
  curl      a curl line for each request, which sends it again to its documented URL

A token that the API asks for is read from the variable FOLLOWTHROUGH_TOKEN. "check" has the option --export for the same forms.`,
		)
		.argument('[double]', 'its id, as the API has it; may be left out where there is one alone')
		.addOption(new Option('-f, --format <format>', 'the form').choices(formats).default('json'))
		.option('--json', 'the same as --format json')
		.option(
			'--from <url>',
			'where the API is (default: what FOLLOWTHROUGH_URL says, or http://127.0.0.1:3070)',
		)
		.option('-o, --output <file>', 'a file to write to, and not to stdout')
		.option('--show-secrets', 'recorded credentials as they came, where the API lets see them')
		.addHelpText(
			'after',
			examples(
				[
					'followthrough export --format har --output traffic.har',
					'The only double that is served.',
				],
				[
					'followthrough export api-move --format curl --from http://127.0.0.1:8080',
					'One of several, of an API at another port.',
				],
			),
		)
		.action(async (double: string | undefined, {json, format, ...options}: Options) => {
			const {exportFrom} = await import('../export.ts');
			await ended(exportFrom(double, {...options, format: json ? 'json' : format}));
		});
}
