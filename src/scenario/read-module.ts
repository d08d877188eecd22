import {stat} from 'node:fs/promises';
import {pathToFileURL} from 'node:url';
import {FollowthroughError} from '../errors.ts';

/**
 * The scenario that a module exports, by default or as `scenario`. Throws SCENARIO_UNREADABLE when
 * the module can't be imported or exports none.
 *
 * @param file the module as messages name it
 * @param anew whether it is imported once more when it has changed; what it imports itself is not
 */
export async function readModule(path: string, file: string, anew: boolean): Promise<unknown> {
	const exported = await importModule(await addressOf(path, anew), file);
	const scenario = exported.default ?? exported.scenario;
	if (typeof scenario === 'object' && scenario !== null) return scenario;
	throw new FollowthroughError(
		'SCENARIO_UNREADABLE',
		`${file} exports no scenario: expected "export default defineScenario({…})" or an export called "scenario"`,
	);
}

interface ScenarioModule {
	readonly default?: unknown;
	readonly scenario?: unknown;
}

/** Node imports a module once for each address. */
async function addressOf(path: string, anew: boolean): Promise<string> {
	const {href} = pathToFileURL(path);
	if (!anew) return href;
	const {mtimeMs, size} = await stat(path);
	return `${href}?changed=${mtimeMs}-${size}`;
}

async function importModule(address: string, file: string): Promise<ScenarioModule> {
	try {
		const exported: ScenarioModule = await import(address);
		return exported;
	} catch (error) {
		const message = importFault(error, file) + placeOf(error, address);
		throw new FollowthroughError('SCENARIO_UNREADABLE', message, {cause: error});
	}
}

function importFault(error: unknown, file: string): string {
	if (isUnknownExtension(error)) {
		return `${file} is TypeScript, which Node ${process.versions.node} does not import by itself: use Node 22.18 or later, run Node with "--import tsx", or compile the module to JavaScript`;
	}
	const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
	return `${file} can't be imported: ${reason}`;
}

/** The line of the module in which an error arose, in words; empty where its stack does not tell, as of bad syntax. */
function placeOf(error: unknown, address: string): string {
	const stack = error instanceof Error ? (error.stack ?? '') : '';
	const [, ...after] = stack.split(address);
	const line = /^:(\d+)/.exec(after[0] ?? '')?.[1];
	return line === undefined ? '' : ` (line ${line})`;
}

function isUnknownExtension(error: unknown): boolean {
	return error instanceof Error && 'code' in error && error.code === 'ERR_UNKNOWN_FILE_EXTENSION';
}
