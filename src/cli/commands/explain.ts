import type {Command} from 'commander';
import {ended} from './ended.ts';
import {examples} from './examples.ts';

export function addExplain(program: Command): void {
	program
		.command('explain')
		.summary('a rule: its source, how it is seen, and how to mend a client')
		.description(
			'Explains a rule: what it asks for and where that stands, how it is seen on the wire, how clients break it, and how to mend it.',
		)
		.argument('[rule]', 'its id, as reports name it; without one, all rules are listed')
		.option('--json', 'print it as JSON')
		.addHelpText(
			'after',
			examples(
				['followthrough explain body-preserved', 'One rule.'],
				['followthrough explain', 'All rules, a line each.'],
			),
		)
		.action(async (rule: string | undefined, options: {json?: boolean}) => {
			const {explain} = await import('../explain.ts');
			await ended(explain(rule, options));
		});
}
