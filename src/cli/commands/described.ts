import type {Argument, Command, Option} from 'commander';
import type {
	CompletedArgument,
	CompletedCommand,
	CompletedOption,
	Offer,
} from '../completion/completed.ts';

/**
 * The commands and options of a program as a shell completes them. What an argument or an option takes
 * is told by its choices, or else by the name of its placeholder: `<scenario>`, `<rule>`, `<file>`.
 *
 * @returns the program itself first, without a name
 */
export function describedCommands(program: Command): CompletedCommand[] {
	const commands = program.createHelp().visibleCommands(program);
	const names = commands.map(command => command.name());
	const whole = describe(program, names);
	const first = {name: 'command', repeats: false, words: names, files: false};
	return [
		{...whole, name: '', arguments: [first]},
		...commands.map(command => describe(command, names)),
	];
}

function describe(command: Command, names: readonly string[]): CompletedCommand {
	return {
		name: command.name(),
		summary: command.summary() || command.description(),
		options: command.createHelp().visibleOptions(command).map(describeOption),
		arguments: command.registeredArguments.map(argument => describeArgument(argument, names)),
		runsProgram: command.registeredArguments.some(isProgram),
	};
}

function describeOption(option: Option): CompletedOption {
	const {short, long, flags, description, required, optional, argChoices} = option;
	const names = [short, long].filter(flag => flag !== undefined);
	const placeholder = /[<[]([^>\].]+)/.exec(flags)?.[1] ?? '';
	const takesValue = required || optional;
	return {
		flags: names,
		description,
		...(takesValue && {
			value: argChoices ? chosen(argChoices, placeholder) : offerFor(placeholder),
		}),
	};
}

function describeArgument(argument: Argument, names: readonly string[]): CompletedArgument {
	const {argChoices, variadic} = argument;
	const offer = argChoices
		? wordsOf(argChoices)
		: isProgram(argument)
			? wordsOf(['--'])
			: argument.name() === 'command'
				? wordsOf(names)
				: offerFor(argument.name());
	return {name: argument.name(), repeats: variadic, ...offer};
}

/** Whether an argument is the command line of another program, which stands behind `--`. */
function isProgram(argument: Argument): boolean {
	return argument.variadic && ['command', 'client'].includes(argument.name());
}

/** Of a placeholder such as `<format=file>`, the choices are for the first part. */
function chosen(choices: readonly string[], placeholder: string): Offer {
	if (!placeholder.includes('=')) return wordsOf(choices);
	return {...wordsOf(choices.map(choice => `${choice}=`)), paired: true};
}

function wordsOf(words: readonly string[]): Offer {
	return {words, files: false};
}

/** What a placeholder stands for. Where nothing is known, nothing is offered. */
function offerFor(placeholder: string): Offer {
	if (placeholder === 'scenario') return {words: [], list: 'scenarios', files: true};
	if (placeholder === 'rule') return {words: [], list: 'rules', files: false};
	return {words: [], files: ['file', 'path', 'folder'].includes(placeholder)};
}
