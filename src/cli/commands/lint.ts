import type {Command} from 'commander';
import {ended} from './ended.ts';
import {examples} from './examples.ts';

export function addLint(program: Command): void {
	program
		.command('lint')
		.summary('faults and pitfalls of scenarios')
		.description(
			'Holds scenarios against their format, and against what the documentation of the statuses says to servers. Exits with 1 when there is a fault or a warning; advice costs nothing.',
		)
		.argument('<scenario...>', 'names of shipped scenarios, or paths of files')
		.option('--json', 'print what is found as JSON')
		.addHelpText(
			'after',
			examples(
				['followthrough lint ./my-move.yaml', 'One scenario.'],
				['followthrough lint scenarios/*.yaml', 'All in a folder.'],
			),
		)
		.action(async (files: readonly string[], options: {json?: boolean}) => {
			const {lintAll} = await import('../lint.ts');
			await ended(lintAll(files, options));
		});
}
