import {mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {families, type KnownClient} from '../adapters/known-client.ts';
import type {GradedClient, GradedRule} from './graded.ts';
import {breachText, commandFor, transcriptFile, transcriptText} from './texts.ts';

/** A client that is on this machine, and what it came to. */
export interface InstalledClient {
	readonly client: KnownClient;
	readonly version: string;
	readonly grade: GradedClient;
}

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Writes docs/clients.md and, for each rule that a client broke, the bytes of one breach. */
export function writePages(
	clients: readonly InstalledClient[],
	missing: readonly KnownClient[],
): void {
	rmSync(join(root, 'docs/clients'), {recursive: true, force: true});
	for (const each of clients)
		for (const rule of each.grade.rules) {
			const text = transcriptText(each, rule);
			if (text === undefined) continue;
			const file = join(root, transcriptFile(each.client, rule));
			mkdirSync(dirname(file), {recursive: true});
			writeFileSync(file, text);
		}
	writeFileSync(join(root, 'docs/clients.md'), page(clients, missing));
}

export function page(clients: readonly InstalledClient[], missing: readonly KnownClient[]): string {
	const absent = missing.map(({name}) => name).join(', ');
	const tables = families.flatMap(family => {
		const own = clients.filter(({client}) => client.family === family);
		return own.length === 0 ? [] : [`### ${family}`, '', ...matrix(own), ''];
	});
	return [
		...introduction,
		...(absent === '' ? [] : [`Not on the machine that this was written on: ${absent}.`, '']),
		'## Clients by rule',
		'',
		'`✓` kept, `✗` broken, `–` declined: the client follows no redirect that the rule is about, which is legal. An empty cell: not observed. A broken `policy` is a difference, and no fault.',
		'',
		...tables,
		'## How each is called, and fails',
		'',
		...clients.flatMap(section),
	].join('\n');
}

const introduction = [
	'# Clients',
	'',
	"What HTTP clients do at the redirects of all [shipped scenarios](../scenarios), judged by the [rules](rules/README.md). `npm run clients` grades those that are installed, and writes this page; `npm install --prefix test/clients --no-save` in a clone brings the packages of npm that the tests don't need themselves.",
	'',
	'- A client is called as its documentation has it, with its own defaults for redirects, and told to follow where it would not. Another way to call it may do better, or worse: what is broken here is broken by the client as it was called.',
	'- A program is started for each call, and remembers nothing from one to the next. Those of Node remember what they want.',
	'- A body is given whole, and as a stream that can be read once where a scenario has it so and the client can take it.',
	'- All documented hosts are 127.0.0.1 with a port each. A client that compares only host names keeps credentials that it would withhold from another host.',
	'- All calls are HTTP/1.1 without TLS, also those that are documented as `https`: no client can see a step from `https` to `http`, or one up, in these.',
	'- `see` names a file of the repository with the bytes that the double received and sent.',
	'',
];

const signs = {kept: '✓', declined: '–', 'not observed': ''};

function matrix(clients: readonly InstalledClient[]): string[] {
	const heads = clients.map(
		({client, version}) => `[${client.name}](#${slug(client.name)}) ${version}`,
	);
	const rules = clients[0]?.grade.rules ?? [];
	return [
		row(['rule', 'level', ...heads]),
		row(['---', '---', ...heads.map(() => ':-:')]),
		...rules.map(({rule, level}) =>
			row([
				`[${rule}](rules/${rule}.md)`,
				level,
				...clients.map(({client, grade}) => {
					const outcome = grade.rules.find(each => each.rule === rule)?.outcome ?? 'not observed';
					return outcome === 'broken' ? `[✗](#${slug(client.name)})` : signs[outcome];
				}),
			]),
		),
	];
}

function row(cells: readonly string[]): string {
	return `| ${cells.join(' | ')} |`;
}

/** The anchor of a heading, as GitHub makes it. */
function slug(heading: string): string {
	return heading
		.toLowerCase()
		.replace(/[^\p{L}\p{N} _-]/gu, '')
		.replaceAll(' ', '-');
}

function section({client, version, grade}: InstalledClient): string[] {
	const {outcomes, unjudged, rules} = grade;
	const counts = Object.entries(outcomes).map(([outcome, count]) => `${count} ${outcome}`);
	return [
		`### ${client.name}`,
		'',
		`Version ${version}. ${capitalized(client.called)}. Scenarios: ${counts.join(', ')}.`,
		'',
		...unjudgedText(unjudged),
		...rules.flatMap(rule => fault(client, rule)),
	];
}

/** For each state the scenarios, and why, in the words of the first. */
function unjudgedText(unjudged: GradedClient['unjudged']): string[] {
	const states = [...new Set(unjudged.map(({state}) => state))];
	return states.flatMap(state => {
		const such = unjudged.filter(each => each.state === state);
		const names = such.map(({scenario}) => `\`${scenario}\``).join(', ');
		const words = such.length === 1 ? '' : 'at the first: ';
		return [`${capitalized(state)}, at ${names}; ${words}${inCode(such[0]?.why ?? '')}`, ''];
	});
}

function capitalized(words: string): string {
	return `${words[0]?.toUpperCase()}${words.slice(1)}`;
}

const shownScenarios = 4;

function fault(client: KnownClient, graded: GradedRule): string[] {
	const {rule, level, scenarios, breach} = graded;
	if (breach === undefined) return [];
	const shown = [breach.scenario, ...scenarios.filter(name => name !== breach.scenario)];
	const names = shown.slice(0, shownScenarios).map(name => `\`${name}\``);
	const more = shown.length > shownScenarios ? ` and ${shown.length - shownScenarios} more` : '';
	return [
		`[${rule}](rules/${rule}.md) (${level}), at ${names.join(', ')}${more}:`,
		'',
		'```text',
		...breachText(breach),
		`again     ${commandFor(client.id, breach.scenario)}`,
		...(breach.transcript === undefined ? [] : [`see       ${transcriptFile(client, graded)}`]),
		'```',
		'',
	];
}

function inCode(words: string): string {
	return `\`${words.replaceAll('`', "'").replaceAll(/\s+/g, ' ').slice(0, 200)}\``;
}
