import {Command} from 'commander';
import {packageVersion} from '../package-version.ts';
import {addCheck} from './commands/check.ts';
import {addCompletion} from './commands/completion.ts';
import {addExplain} from './commands/explain.ts';
import {addExport} from './commands/export.ts';
import {addGrade} from './commands/grade.ts';
import {addHelp} from './commands/help.ts';
import {addImport} from './commands/import.ts';
import {addLint} from './commands/lint.ts';
import {addList} from './commands/list.ts';
import {addNew} from './commands/new.ts';
import {addServe} from './commands/serve.ts';
import {wrapped} from './wrapped.ts';

/**
 * The commands with their words and options. What a command does is loaded when it is asked for. In the
 * place of ending the process, commander throws a CommanderError, once it has told what is wrong.
 */
export function createProgram(): Command {
	const program = new Command('followthrough')
		.description('Answers HTTP clients with documented redirects, and judges what they send next.')
		.version(packageVersion(), '-V, --version', 'print the version')
		.helpOption('-h, --help', 'print this text')
		// What stands behind -- belongs to another command.
		.enablePositionalOptions()
		.exitOverride()
		.showHelpAfterError('("followthrough help <command>" has examples)')
		// What it takes is in its own help.
		.configureHelp({subcommandTerm: command => command.name(), boxWrap: wrapped})
		.configureOutput({outputError: (text, write) => write(inOneLine(text))})
		.addHelpText('after', '\n"followthrough help <command>" has examples. Manual: docs/cli.md');
	for (const add of [
		addCheck,
		addGrade,
		addServe,
		addNew,
		addImport,
		addExport,
		addLint,
		addExplain,
		addList,
		addCompletion,
		addHelp,
	])
		add(program);
	return program;
}

/** Commander puts what was perhaps meant on a line of its own. */
function inOneLine(text: string): string {
	return `${text.trim().replaceAll('\n', ' ')}\n`;
}
