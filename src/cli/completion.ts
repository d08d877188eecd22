import {shippedFiles} from '../scenario/shipped.ts';
import {rules} from '../verdict/rules/index.ts';
import {bashScript} from './completion/bash.ts';
import type {Completed, CompletedCommand} from './completion/completed.ts';
import {fishScript} from './completion/fish.ts';
import {zshScript} from './completion/zsh.ts';
import {exitCodes} from './exit-codes.ts';

/** A shell that can complete the command lines of a program. */
export type Shell = keyof typeof writers;

const writers = {bash: bashScript, zsh: zshScript, fish: fishScript} satisfies Record<
	string,
	(completed: Completed) => string
>;

/**
 * Prints a completion script. All that it offers stands in it, so that no Node is started at each Tab:
 * after an update of the package it is to be made anew.
 */
export async function completion(
	shell: Shell,
	program: string,
	commands: readonly CompletedCommand[],
): Promise<number> {
	const lists = {
		scenarios: (await shippedFiles()).map(({name}) => name),
		rules: rules.map(({id}) => id),
	};
	process.stdout.write(writers[shell]({program, commands, lists}));
	return exitCodes.done;
}
