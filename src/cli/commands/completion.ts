import {Argument, type Command} from 'commander';
import type {Shell} from '../completion.ts';
import {ended} from './ended.ts';
import {examples} from './examples.ts';

export function addCompletion(program: Command): void {
	program
		.command('completion')
		.summary('a script that lets a shell complete command lines')
		.description(
			'Prints a script with which a shell completes commands, options, their values, names of scenarios and rules, paths, and behind -- the commands of the machine.',
		)
		.addArgument(new Argument('<shell>', 'which one').choices(['bash', 'zsh', 'fish']))
		.addHelpText(
			'after',
			examples(
				[
					'followthrough completion bash > ~/.local/share/bash-completion/completions/followthrough',
					'For bash, with bash-completion; without it: source the script in ~/.bashrc.',
				],
				[
					'followthrough completion zsh > ~/.zsh/_followthrough',
					'For zsh: into a folder of fpath, before compinit is called.',
				],
				[
					'followthrough completion fish > ~/.config/fish/completions/followthrough.fish',
					'For fish.',
				],
			),
		)
		.action(async (shell: Shell) => {
			const [{completion}, {describedCommands}] = await Promise.all([
				import('../completion.ts'),
				import('./described.ts'),
			]);
			await ended(completion(shell, program.name(), describedCommands(program)));
		});
}
