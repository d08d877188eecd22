import type {Command} from 'commander';
import {ended} from './ended.ts';
import {examples} from './examples.ts';

export function addList(program: Command): void {
	program
		.command('list')
		.summary('the scenarios that come with the package')
		.description('Lists the scenarios that come with the package, each with its title.')
		.option('--json', 'print them as JSON, with the paths of their files')
		.addHelpText(
			'after',
			examples(
				['followthrough list', 'All of them, by name.'],
				['followthrough list | grep upload', 'Those about uploads.'],
			),
		)
		.action(async (options: {json?: boolean}) => {
			const {list} = await import('../list.ts');
			await ended(list(options));
		});
}
