import {type Command, Option} from 'commander';
import type {CheckOptions} from '../check.ts';
import {ended} from './ended.ts';
import {examples} from './examples.ts';
import {collectExports, commandOf, formats, readMilliseconds} from './readers.ts';

export function addCheck(program: Command): void {
	program
		.command('check')
		.summary('run a command against a double, and judge it')
		.usage('[options] <scenario> -- <command...>')
		.description(
			`Starts a double, runs a command against it, and prints the verdict.

The command reaches the double in two ways:
  by the documented URLs, through the proxy and with the CA that its environment names (HTTPS_PROXY, SSL_CERT_FILE and the like), or
  by local URLs: {url} in a word of the command stands for that of the first origin, {url:https://api.example.test/v1} for that of the documented URL.

Exits with 0 when the rules were kept, 1 when one was broken, 2 when nothing can be told, such as when no redirect was followed, and 3 when the command itself failed or hung.`,
		)
		.argument('<scenario>', 'the name of a shipped scenario, or the path of a file')
		.argument('<command...>', 'what to run, behind --')
		.option('--json', 'print the verdict as JSON, and what the command prints to stderr')
		.option(
			'--timeout <ms>',
			'end the command when it takes longer (default: it may take any time)',
			readMilliseconds,
		)
		.addOption(
			new Option(
				'--export <format=file>',
				'also write what was seen to a file, as "export" does; may come again',
			)
				.choices(formats)
				.argParser(collectExports(formats)),
		)
		.option('--show-secrets', 'write recorded credentials to these files as they came')
		.showHelpAfterError(
			'(the command that is to be run stands behind "--"; "followthrough help check" has examples)',
		)
		.addHelpText(
			'after',
			examples(
				[
					'followthrough check api-move -- curl -L -d @user.json https://api.example.test/api/v1/users',
					'A client that takes a proxy from its environment.',
				],
				[
					'followthrough check --export junit=report.xml --export har=traffic.har api-move -- npm test',
					'With a report for CI, and all that was sent for a look at it.',
				],
				[
					'followthrough check api-move -- env API={url:https://api.example.test} npm test',
					'A test suite that is told by a variable where its API is.',
				],
			),
		)
		.action(async (scenario: string, command: readonly string[], options: CheckOptions) => {
			const {check} = await import('../check.ts');
			await ended(check(scenario, commandOf(command), options));
		});
}
