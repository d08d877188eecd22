import type {Command} from 'commander';
import type {NewOptions} from '../new.ts';
import {ended} from './ended.ts';
import {examples} from './examples.ts';

export function addNew(program: Command): void {
	program
		.command('new')
		.summary('write a scenario, from answers or a documented example')
		.description(
			'Writes a scenario of a redirect. At a terminal it asks what it is not told, and takes a pasted example of a documentation: HTTP messages, Markdown, or what "curl -v" has told. Credentials become placeholders.',
		)
		.argument('[file]', 'where to: a name in .yaml or .json, or "-" (default: <name>.yaml)')
		.option('-r, --request <request>', 'the request that is redirected, "METHOD URL"')
		.option('-l, --location <url>', 'where to, as the Location has it')
		.option('-s, --status <code>', '301, 302, 303, 307 or 308 (default: 307)')
		.option('-n, --name <name>', 'the name of the scenario')
		.option('--from <file>', 'a documented example, in a file or "-"')
		.option('--force', 'overwrite a file that is there')
		.option('--json', 'print scenario, notes and what lint finds as JSON')
		.addHelpText(
			'after',
			examples(
				['followthrough new', 'Asks, and writes.'],
				[
					'followthrough new my-move.yaml --request "POST https://api.example.test/users" --location /v2/users',
					'A 307 to another path.',
				],
				['followthrough new my-move.yaml --from example.md', 'From an example of a documentation.'],
			),
		)
		.action(async (file: string | undefined, options: NewOptions) => {
			const {newScenario} = await import('../new.ts');
			await ended(newScenario(file, options));
		});
}
