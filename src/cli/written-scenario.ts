import {existsSync} from 'node:fs';
import {writeFile} from 'node:fs/promises';
import {basename, extname, resolve} from 'node:path';
import type {Authored} from '../authoring/authored.ts';
import {noteLine} from '../authoring/note.ts';
import {asScenarioName} from '../authoring/scenario-name.ts';
import {FollowthroughError} from '../errors.ts';
import {curlLine} from '../exports/curl-line.ts';
import {shellQuote} from '../exports/shell-quote.ts';
import {lint} from '../lint.ts';
import {callContent} from '../scenario/call-content.ts';
import {loadScenario} from '../scenario/load.ts';
import {parseCallLine} from '../scenario/request-line.ts';
import type {Scenario} from '../scenario/types.ts';
import {writeYaml} from '../scenario/write-yaml.ts';
import {exitCodes} from './exit-codes.ts';
import {assertFolderOf} from './output-file.ts';

export interface WriteOptions {
	/** Where to: a path that ends in .yaml, .yml or .json, or `-` for the standard output. */
	readonly file?: string;
	/** Whether a file that is there may be overwritten. */
	readonly force?: boolean;
	/** Prints the scenario as JSON; a file is written when it is named. */
	readonly json?: boolean;
}

/**
 * Makes sure of a path before any work is done.
 *
 * @throws FollowthroughError OPTION_INVALID for a file that is there, or is none of a scenario; Refusal
 *   for one that can't lie there
 */
export function assertWritable(file: string, force = false): void {
	if (file === '-') return;
	if (!/\.(?:ya?ml|json)$/i.test(file))
		throw invalid(
			`"${file}" is no name for a scenario: expected one that ends in .yaml, .yml or .json, or "-"`,
		);
	if (!force && existsSync(file))
		throw invalid(`${file} is there already: name another file, or overwrite it with --force`);
	assertFolderOf(file, file);
}

/** The name of a scenario in a file of this name. */
export function nameOfFile(file: string | undefined): string | undefined {
	return file === undefined || file === '-'
		? undefined
		: asScenarioName(basename(file, extname(file)));
}

/** @throws FollowthroughError OPTION_INVALID */
export function assertName(name: string): void {
	if (/^[a-z0-9][a-z0-9-]*$/.test(name)) return;
	const near = asScenarioName(name);
	const advice = near === undefined ? '' : `, such as "${near}"`;
	throw invalid(
		`the name "${name}" can't be used: expected lower-case letters, digits and hyphens${advice}`,
	);
}

/**
 * Checks a scenario that was made, writes it, and tells what was left out, what lint says, and how to
 * go on. The exit code is always `done`: pitfalls are told, they hinder nothing.
 *
 * @throws FollowthroughError OPTION_INVALID for a file that is there; ScenarioError for a scenario that
 *   can't be played; Refusal for a file that can't be written
 */
export async function writeScenario(
	{scenario, notes, comments}: Authored,
	{file, force = false, json = false}: WriteOptions,
): Promise<number> {
	const loaded = await loadScenario(scenario);
	const findings = await lint(scenario);
	const path = file ?? (json ? undefined : `${scenario.name}.yaml`);
	const text = path?.endsWith('.json')
		? `${JSON.stringify(scenario, null, '\t')}\n`
		: await writeYaml(scenario, [...schemaLine, ...comments]);
	if (path !== undefined && path !== '-') {
		assertWritable(path, force);
		await write(path, text, force);
	}
	const {stdout, stderr} = process;
	if (json)
		stdout.write(
			`${JSON.stringify({...(path !== undefined && {file: path}), scenario, notes, findings}, null, '\t')}\n`,
		);
	for (const note of notes) stderr.write(`note: ${noteLine(note)}\n`);
	for (const {severity, path: at, message, id} of findings)
		stderr.write(`${severity}: ${at}: ${message} (${id})\n`);
	if (json) return exitCodes.done;
	if (path === '-') stdout.write(text);
	else if (path !== undefined)
		stdout.write(`${path}: ${counted(loaded.scenario)}\n${nextLine(path, loaded.scenario)}\n`);
	return exitCodes.done;
}

const schemaLine = [
	'yaml-language-server: $schema=node_modules/followthrough/scenario.schema.json',
];

/** A file that came to be in the meantime is not overwritten either. */
async function write(path: string, text: string, force: boolean): Promise<void> {
	try {
		await writeFile(path, text, {flag: force ? 'w' : 'wx'});
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		throw new FollowthroughError('OPTION_INVALID', `${path} can't be written: ${reason}`, {
			cause: error,
		});
	}
}

function counted({routes, calls}: Scenario): string {
	const count = (number: number, what: string) => `${number} ${what}${number === 1 ? '' : 's'}`;
	return `${count(routes.length, 'route')}, ${count(calls.length, 'call')}`;
}

/** How the scenario is tried: its first call, by curl. */
function nextLine(path: string, {calls}: Scenario): string {
	const [call] = calls;
	const line = call && parseCallLine(call.request);
	const file = shellQuote(/[/\\]/.test(path) ? path : `./${path}`);
	if (call === undefined || line === undefined || 'faults' in line)
		return `next: followthrough serve ${file}`;
	const sent = callContent(call, resolve('.'));
	const curl = curlLine({method: line.method, url: line.url, ...sent});
	const command = curl.startsWith('curl ') ? curl : `sh -c ${shellQuote(curl)}`;
	return `next: followthrough check ${file} -- ${command}`;
}

function invalid(message: string): FollowthroughError {
	return new FollowthroughError('OPTION_INVALID', message);
}
