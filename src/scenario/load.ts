import {readFile, stat} from 'node:fs/promises';
import {dirname, extname, relative, resolve, sep} from 'node:path';
import {fileURLToPath} from 'node:url';
import {FollowthroughError} from '../errors.ts';
import {checkScenario} from './check.ts';
import type {LoadedScenario} from './loaded.ts';
import {describeMissing} from './missing-file.ts';
import {nearNames} from './near-name.ts';
import {parseScenarioText} from './parse.ts';
import {noPositions, type Positions} from './positions.ts';
import {readModule} from './read-module.ts';
import {type ShippedScenario, scenarioExtensions, shippedFiles} from './shipped.ts';
import type {ScenarioInput} from './types.ts';

/** How a scenario is read. */
export interface LoadOptions {
	/** Whether a module that has changed since it was first imported is imported once more. */
	readonly anew?: boolean;
}

/**
 * Reads a scenario and checks the whole of it.
 *
 * @param source the name of a shipped scenario (`api-move`), a path or file URL (a source with a
 * slash or one of the endings .yaml .yml .json .js .mjs .ts .mts is a path, relative ones from the
 * working directory), or a scenario as an object
 * @throws FollowthroughError SCENARIO_UNKNOWN for a name that no shipped scenario has,
 * SCENARIO_UNREADABLE for a file that can't be read; ScenarioError with all faults of a scenario
 */
export async function loadScenario(
	source: string | URL | ScenarioInput,
	options?: LoadOptions,
): Promise<LoadedScenario> {
	if (source instanceof URL) return loadUrl(source, options);
	if (typeof source !== 'string') return finish(source, nameOfObject(source), noPositions);
	if (isUrl(source)) return loadUrl(new URL(source), options);
	if (isPath(source)) return loadFile(resolve(source), displayed(resolve(source)), options);
	return loadShipped(source);
}

function isPath(source: string): boolean {
	return /[/\\]/.test(source) || scenarioExtensions.includes(extname(source).toLowerCase());
}

async function loadUrl(url: URL, options?: LoadOptions): Promise<LoadedScenario> {
	if (url.protocol !== 'file:') {
		throw unreadable(`${url.href} can't be read: a scenario comes from a path or a file URL`);
	}
	const path = fileURLToPath(url);
	return loadFile(path, displayed(path), options);
}

/**
 * Makes sure that a source which is a name is that of a shipped scenario. Reads no scenario.
 *
 * @throws FollowthroughError SCENARIO_UNKNOWN
 */
export async function assertKnownScenario(source: string | URL | ScenarioInput): Promise<void> {
	if (isName(source)) await shippedNamed(source);
}

/** Whether a source is the name of a shipped scenario, known or not. */
export function isName(source: string | URL | ScenarioInput): source is string {
	return typeof source === 'string' && !isUrl(source) && !isPath(source);
}

function isUrl(source: string): boolean {
	return /^[a-z][a-z0-9+.-]+:\/\//i.test(source);
}

async function loadShipped(name: string): Promise<LoadedScenario> {
	const {path, file} = await shippedNamed(name);
	return loadFile(path, file);
}

async function shippedNamed(name: string): Promise<ShippedScenario> {
	const shipped = await shippedFiles();
	const found = shipped.find(scenario => scenario.name === name);
	if (found !== undefined) return found;
	const names = shipped.map(scenario => scenario.name);
	throw new FollowthroughError('SCENARIO_UNKNOWN', unknownName(name, names));
}

function unknownName(name: string, names: readonly string[]): string {
	const near = [...new Set([...nearNames(name, names), ...namesWith(name, names)])].slice(0, 5);
	const guesses = near.map(each => `"${each}"`).join(' or ');
	const guess = near.length === 0 ? '' : `; did you mean ${guesses}?`;
	return [
		`no shipped scenario is called "${name}"${guess}`,
		`  shippedScenarios() lists all ${names.length}; their files are in the folder "scenarios" of the package`,
		`  for a file of your own give its path, such as "./${/^[\w.-]+$/.test(name) ? name : 'scenario'}.yaml"`,
	].join('\n');
}

/** The names in which a word stands, such as `webhdfs-create` for `webhdfs`. */
function namesWith(word: string, names: readonly string[]): string[] {
	return word.length < 3 ? [] : names.filter(name => name.includes(word.toLowerCase()));
}

/** A path as messages show it: relative where it lies below the working directory. */
function displayed(path: string): string {
	const way = relative(process.cwd(), path);
	return way === '' || way.startsWith('..') ? path : way.split(sep).join('/');
}

async function loadFile(
	path: string,
	file: string,
	{anew = false}: LoadOptions = {},
): Promise<LoadedScenario> {
	await assertIsFile(path, file);
	const extension = extname(path).toLowerCase();
	if (!scenarioExtensions.includes(extension)) {
		throw unreadable(
			`${file} is no scenario file: expected a name that ends in ${scenarioExtensions.join(', ')}`,
		);
	}
	if (/^\.m?[jt]s$/.test(extension)) {
		return finish(await readModule(path, file, anew), file, noPositions, dirname(path));
	}
	const text = await readText(path, file);
	const {data, positions} = await parseScenarioText(text, file);
	return finish(data, file, positions, dirname(path));
}

async function assertIsFile(path: string, file: string): Promise<void> {
	const stats = await stat(path).catch(async (error: unknown) => {
		const reason = isMissing(error) ? await describeMissing(path) : reasonOf(error);
		throw unreadable(`${file} can't be read: ${reason}`, error);
	});
	if (stats.isDirectory()) {
		throw unreadable(
			`${file} is a folder: expected a scenario file, such as "${file}/api-move.yaml"`,
		);
	}
	// A pipe or a device may have no end.
	if (!stats.isFile()) throw unreadable(`${file} is no plain file: expected a scenario file`);
	if (stats.size > mostBytes) {
		throw unreadable(
			`${file} is too large with ${inMebibytes(stats.size)}: a scenario has ${inMebibytes(mostBytes)} at most; a large body can stand in a file of its own ("file")`,
		);
	}
}

/** A larger scenario would be read for minutes. */
const mostBytes = 8 * 2 ** 20;

function inMebibytes(bytes: number): string {
	return `${Math.ceil(bytes / 2 ** 20)} MiB`;
}

async function readText(path: string, file: string): Promise<string> {
	try {
		return new TextDecoder('utf-8', {fatal: true}).decode(await readFile(path));
	} catch (error) {
		throw unreadable(`${file} can't be read: ${reasonOf(error)}`, error);
	}
}

function reasonOf(error: unknown): string {
	const code = codeOf(error);
	if (code === 'EACCES' || code === 'EPERM') return 'the permission is missing';
	if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return 'it is not in UTF-8';
	return error instanceof Error ? error.message : String(error);
}

function isMissing(error: unknown): boolean {
	return ['ENOENT', 'ENOTDIR'].includes(String(codeOf(error)));
}

function codeOf(error: unknown): unknown {
	return error instanceof Error && 'code' in error ? error.code : undefined;
}

function unreadable(message: string, cause?: unknown): FollowthroughError {
	return new FollowthroughError('SCENARIO_UNREADABLE', message, cause === undefined ? {} : {cause});
}

/** Whatever JavaScript hands over: validation says what is wrong with it. */
function nameOfObject(source: unknown): string {
	const isNamed = typeof source === 'object' && source !== null && 'name' in source;
	return isNamed ? `scenario object "${String(source.name)}"` : 'scenario object';
}

function finish(
	data: unknown,
	file: string,
	positions: Positions,
	folder?: string,
): Promise<LoadedScenario> {
	return checkScenario(data, {file, ...(folder !== undefined && {folder})}, positions);
}

/** What a list of the shipped scenarios shows. */
export interface ShippedTitle {
	readonly name: string;
	/** Its title, or its name when it has none. */
	readonly title: string;
	/** Its path in the package, such as `scenarios/documented/api-move.yaml`. */
	readonly file: string;
}

/** All scenarios that come with the package, by name. Loads each of them; the fault of one is told where it is played. */
export async function shippedScenarios(): Promise<ShippedTitle[]> {
	const files = await shippedFiles();
	return Promise.all(
		files.map(async ({name, path, file}) => {
			const title = await titleOf(path, file);
			return {name, title: title ?? name, file};
		}),
	);
}

async function titleOf(path: string, file: string): Promise<string | undefined> {
	try {
		const {scenario} = await loadFile(path, file);
		return scenario.title;
	} catch (error) {
		if (error instanceof FollowthroughError) return undefined;
		throw error;
	}
}
