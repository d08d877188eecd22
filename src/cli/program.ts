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
	const program = settled(new Command('followthrough'))
		.description('Answers HTTP clients with documented redirects, and judges what they send next.')
		.version(packageVersion(), '-V, --version', 'print the version')
		// What stands behind -- belongs to another command.
		.enablePositionalOptions()
		.showHelpAfterError('("followthrough help <command>" has examples)')
		.addHelpText('after', '\n"followthrough help <command>" has examples. Manual: docs/cli.md');
	const serve = (to: Command) => addServe(to, {name: 'serve', line: 'followthrough serve'});
	for (const add of [
		addCheck,
		addGrade,
		serve,
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

/** What the only command of `createStart` is called. */
export const startName = 'start --';

/** What `npm start` runs: `serve`, of all shipped scenarios where none is named. */
export function createStart(): Command {
	const npm = settled(new Command('npm')).showHelpAfterError(
		'("npm start -- --help" has examples)',
	);
	// npm runs a script in the folder of its package.
	const pages = 'docs/rules';
	addServe(npm, {name: 'start', line: 'npm start --', allUnlessNamed: true, pages});
	// For its usage; commander takes no such name at first.
	for (const command of npm.commands) command.name(startName);
	return npm;
}

/** What commands take over from the one that they belong to. */
function settled(command: Command): Command {
	return (
		command
			.helpOption('-h, --help', 'print this text')
			.exitOverride()
			// What a command takes is in its own help.
			.configureHelp({subcommandTerm: each => each.name(), boxWrap: wrapped})
			.configureOutput({outputError: (text, write) => write(inOneLine(text))})
	);
}

/** Commander puts what was perhaps meant on a line of its own. */
function inOneLine(text: string): string {
	return `${text.trim().replaceAll('\n', ' ')}\n`;
}
