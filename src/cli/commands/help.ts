import type {Command} from 'commander';
import {examples} from './examples.ts';

/** In the place of commander's own, which answers an unknown name with its whole help. */
export function addHelp(program: Command): void {
	program
		.helpCommand(false)
		.command('help')
		.summary('print the help of a command')
		.description('Prints the help of a command, the same as its --help.')
		.argument('[command]', 'its name; without one, all commands are listed')
		.addHelpText(
			'after',
			examples(
				['followthrough help check', 'The same as followthrough check --help.'],
				['followthrough help', 'All commands.'],
			),
		)
		.action(async (name: string | undefined) => {
			if (name === undefined) program.help();
			const command = program.commands.find(each => each.name() === name);
			command?.help();
			const {nearName} = await import('../../scenario/near-name.ts');
			const near = nearName(
				name,
				program.commands.map(each => each.name()),
			);
			const meant = near === undefined ? '' : ` (Did you mean ${near}?)`;
			program.error(`error: unknown command '${name}'${meant}`);
		});
}
