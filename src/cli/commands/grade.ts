import {type Command, Option} from 'commander';
import type {GradeCommandOptions, ReportFormat} from '../grade.ts';
import {ended} from './ended.ts';
import {examples} from './examples.ts';
import {collect, collectExports, commandOf, readCount, readMilliseconds} from './readers.ts';

const reportFormats = [
	'markdown',
	'json',
	'junit',
	'html',
] as const satisfies readonly ReportFormat[];

interface Options extends GradeCommandOptions {
	readonly json?: boolean;
}

export function addGrade(program: Command): void {
	program
		.command('grade')
		.summary('play scenarios with a client, and report how it did')
		.usage('[options] -- <client...>')
		.description(
			`Has a client make the documented calls of scenarios, and prints a report of what it kept and broke, with what to mend first. The client is a command that makes one call and follows redirects as it does. Its environment tells which:
  METHOD, URL    what to send, and where
  HEADERS_FILE   a file with a header field in each line, "Name: value"
  BODY_FILE      a file with the body; not there for none
  STREAM         1 where the body is to be sent as a stream, of a length not known before
  TRAILERS_FILE  trailer fields to send behind the stream; not there for none
It exits with 0 when its caller has an answer, and may print the status as its last line; with another code when the call failed, and says why on stderr.

Exits with 0 when the client passed, 1 when it broke a rule, 2 when nothing was seen, and 3 when it hung, crashed, or can't be started.`,
		)
		.argument('<client...>', 'the command, behind --')
		.option('-s, --scenario <scenario>', 'one to play, by name or path; may come again', collect)
		.option('--except <scenario>', 'the name of one to leave out; may come again', collect)
		.addOption(
			new Option('-f, --format <format>', 'the form of the report')
				.choices(reportFormats)
				.default('markdown'),
		)
		.addOption(
			new Option(
				'--export <format=file>',
				'also write the report to a file, in this form; may come again',
			)
				.choices(reportFormats)
				.argParser(collectExports(reportFormats)),
		)
		.option('--json', 'the same as --format json')
		.option('--name <name>', 'what the report calls the client (default: its program and script)')
		.option('--timeout <ms>', 'how long it has for each call (default: 15000)', readMilliseconds)
		.option('--concurrency <count>', 'scenarios played side by side (default: 4)', readCount)
		.showHelpAfterError(
			'(the command that is to be run stands behind "--"; "followthrough help grade" has examples)',
		)
		.addHelpText(
			'after',
			examples(
				['followthrough grade -- ./client.sh', 'All shipped scenarios; half a minute or more.'],
				[
					'followthrough grade --scenario api-move --format junit -- python3 client.py > report.xml',
					'One of them, as a report for CI.',
				],
				[
					'followthrough grade --export junit=report.xml --export html=report.html -- ./client.sh',
					'A report for people on stdout, and two in files.',
				],
			),
		)
		.action(async (client: readonly string[], {json, format, ...options}: Options) => {
			const {grade} = await import('../grade.ts');
			await ended(grade(commandOf(client), {...options, format: json ? 'json' : format}));
		});
}
