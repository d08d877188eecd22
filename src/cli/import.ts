import {readFileSync} from 'node:fs';
import {readdir, stat} from 'node:fs/promises';
import {dirname, join, relative, sep} from 'node:path';
import type {Authored} from '../authoring/authored.ts';
import {fromHar, isHar} from '../authoring/har/from-har.ts';
import {fromWireMock, isWireMock} from '../authoring/wiremock/from-wiremock.ts';
import {FollowthroughError} from '../errors.ts';
import {readSource} from './read-source.ts';
import {
	assertName,
	assertWritable,
	nameOfFile,
	type WriteOptions,
	writeScenario,
} from './written-scenario.ts';

export interface ImportOptions extends Omit<WriteOptions, 'file'> {
	/** Guessed unless told. */
	readonly format?: 'har' | 'wiremock';
	readonly origin?: string;
	readonly output?: string;
	readonly all?: boolean;
	readonly name?: string;
}

/**
 * Writes a scenario from recordings or stub mappings.
 *
 * @param sources paths of files, of folders with mappings, or `-`
 * @throws FollowthroughError for what can't be read or converted
 */
export async function importScenario(
	sources: readonly string[],
	options: ImportOptions,
): Promise<number> {
	const {output, force = false} = options;
	const name = options.name ?? nameOfFile(output);
	if (name !== undefined) assertName(name);
	if (output !== undefined) assertWritable(output, force);
	const files = (await Promise.all(sources.map(filesOf))).flat();
	const read = await Promise.all(
		files.map(async file => ({
			file: shown(file),
			path: file,
			data: readJson(await readSource(file), file),
		})),
	);
	const made = await converted(read, {...options, ...(name !== undefined && {name})});
	return writeScenario(made, {...options, ...(output !== undefined && {file: output})});
}

/** @throws FollowthroughError SCENARIO_UNREADABLE, which says what takes other texts */
function readJson(text: string, file: string): unknown {
	try {
		return JSON.parse(text);
	} catch (cause) {
		// What the parser says of a text that was never meant to be JSON helps nobody.
		const isMeant = /^\s*[[{]/.test(text) && cause instanceof Error;
		const what = isMeant ? `: ${cause.message}` : '';
		const advice = `expected an HTTP archive or stub mappings; "followthrough new --from ${file}" takes the example of a documentation`;
		throw new FollowthroughError(
			'SCENARIO_UNREADABLE',
			`${shown(file)} is no JSON${what}: ${advice}`,
			{cause},
		);
	}
}

interface ReadFile {
	readonly file: string;
	readonly path: string;
	readonly data: unknown;
}

async function converted(read: readonly ReadFile[], options: ImportOptions): Promise<Authored> {
	const {format = formatOf(read), name, all = false, origin} = options;
	const [first] = read;
	if (format === 'har') {
		if (origin !== undefined)
			throw invalid('--origin has no place beside HTTP archives: their requests have one');
		return fromHar(read, {all, ...(name !== undefined && {name})});
	}
	if (all) throw invalid('--all is for HTTP archives: of stub mappings, all are taken');
	const paths = new Map(read.map(({file, path}) => [file, path]));
	return fromWireMock(read, {
		name: name ?? nameOfFile(first?.file) ?? 'wiremock',
		...(origin !== undefined && {origin}),
		readBody: (file, body) => bodyFile(paths.get(file) ?? file, body),
	});
}

function formatOf(read: readonly ReadFile[]): 'har' | 'wiremock' {
	if (read.every(({data}) => isHar(data))) return 'har';
	if (read.every(({data}) => isWireMock(data))) return 'wiremock';
	const strange = read.find(({data}) => !isHar(data) && !isWireMock(data));
	if (strange === undefined)
		throw invalid(
			"HTTP archives and stub mappings can't be imported together: give those of one format",
		);
	throw new FollowthroughError(
		'SCENARIO_UNREADABLE',
		`${strange.file} is neither an HTTP archive (an object with "log") nor a stub mapping of WireMock (an object with "request" and "response", or with "mappings")`,
	);
}

/** Of a folder its JSON files in order; of WireMock's root its folder "mappings". */
async function filesOf(source: string): Promise<string[]> {
	const stats = source === '-' ? undefined : await stat(source).catch(() => undefined);
	if (stats?.isDirectory() !== true) return [source];
	const names = await readdir(source, {recursive: true});
	const inside = names.some(name => name.startsWith(`mappings${sep}`));
	const files = names
		.filter(name => name.endsWith('.json') && (!inside || name.startsWith(`mappings${sep}`)))
		.sort()
		.map(name => join(source, name));
	if (files.length > 0) return files;
	throw new FollowthroughError('SCENARIO_UNREADABLE', `${source} has no file that ends in .json`);
}

/** A file in the folder `__files` that stands beside that of the mappings. */
function bodyFile(mapping: string, name: string): Uint8Array | undefined {
	for (let folder = dirname(mapping); ; folder = dirname(folder)) {
		const root = join(folder, '__files');
		const path = join(root, name);
		if (!relative(root, path).startsWith('..')) {
			try {
				return readFileSync(path);
			} catch {
				// It may stand further up.
			}
		}
		if (dirname(folder) === folder || folder === '.') return undefined;
	}
}

function shown(file: string): string {
	return file === '-' ? 'the standard input' : file.split(sep).join('/');
}

function invalid(message: string): FollowthroughError {
	return new FollowthroughError('OPTION_INVALID', message);
}
