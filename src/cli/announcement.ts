import {
	closeSync,
	fstatSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import {resolve} from 'node:path';
import type {Double} from '../double.ts';
import {FollowthroughError} from '../errors.ts';
import {assertFolderOf} from './output-file.ts';

/** What a script is told. */
export interface Opened {
	readonly pid: number;
	readonly api: {readonly url: string};
	readonly doubles: readonly OpenedDouble[];
}

/** What a script is told of a double. */
export interface OpenedDouble extends Pick<Double, 'name' | 'url' | 'origins' | 'proxy'> {
	/** What tells it from others of the same name. */
	readonly id: string;
	/** The absolute path of the certificate of its CA. */
	readonly caFile: string;
}

/** A double as a script is told of it. */
export async function openedDouble(id: string, double: Double): Promise<OpenedDouble> {
	const {name, url, origins, proxy, ca} = double;
	return {id, name, url, origins, proxy, caFile: await ca.file()};
}

/** A place where a script looks whether all is open. It is told by one JSON document. */
export interface Announcement {
	/** Writes the document, which is whole as soon as it can be read. */
	tell(opened: Opened): void;
	/** All is closed. */
	end(): void;
}

/**
 * A file that is there while all is open. One that a process has left which was killed is removed.
 *
 * @throws Refusal for a place where no file can be; FollowthroughError OPTION_INVALID for a file that is
 *   something else, as `tell` does where it can't be written
 */
export function readyFile(file: string): Announcement {
	const path = resolve(file);
	const name = `The ready file ${file}`;
	assertFolderOf(file, name);
	attempt(name, () => assertNothingIsLost(path, name));
	attempt(name, () => rmSync(path, {force: true}));
	let told: string | undefined;
	const end = () => {
		// Another process may have taken its place.
		if (told !== undefined && textOf(path) === told) rmSync(path, {force: true});
		told = undefined;
		process.off('exit', end);
	};
	return {
		tell(opened) {
			const text = textFor(opened);
			const draft = `${path}.${process.pid}.tmp`;
			attempt(name, () => {
				writeFileSync(draft, text);
				renameSync(draft, path);
			});
			told = text;
			// A second Ctrl+C ends this process at once.
			process.on('exit', end);
		},
		end,
	};
}

/**
 * A file or pipe that was opened for this process; it is closed behind the document.
 *
 * @throws FollowthroughError OPTION_INVALID, as `tell` does where it can't be written
 */
export function readyFd(fd: number): Announcement {
	const name = `The file descriptor ${fd} (--ready-fd)`;
	attempt(name, () => fstatSync(fd));
	return {
		tell(opened) {
			attempt(name, () => {
				writeFileSync(fd, textFor(opened));
				// Those of the standard streams are not ours to close.
				if (fd > 2) closeSync(fd);
			});
		},
		end() {},
	};
}

/**
 * What is to be replaced is a file that a server has left, or an empty one.
 *
 * @throws FollowthroughError OPTION_INVALID
 */
function assertNothingIsLost(path: string, name: string): void {
	const stats = statSync(path, {throwIfNoEntry: false});
	// A folder is not removed.
	if (stats === undefined || stats.isDirectory()) return;
	if (stats.isFile() && (stats.size === 0 || isReadyFile(path))) return;
	throw new FollowthroughError(
		'OPTION_INVALID',
		`${name} is there already, and is none that a server has left: name another one.`,
	);
}

function isReadyFile(path: string): boolean {
	try {
		const {pid, api}: Partial<Opened> = JSON.parse(readFileSync(path, 'utf8'));
		return typeof pid === 'number' && typeof api?.url === 'string';
	} catch {
		return false;
	}
}

function textFor(opened: Opened): string {
	return `${JSON.stringify(opened, null, '\t')}\n`;
}

function textOf(path: string): string | undefined {
	try {
		return readFileSync(path, 'utf8');
	} catch {
		return undefined;
	}
}

/** Does what the platform may refuse, and tells it in the user's words. */
function attempt(name: string, work: () => void): void {
	try {
		work();
	} catch (cause) {
		if (cause instanceof FollowthroughError) throw cause;
		const why = cause instanceof Error ? cause.message : String(cause);
		throw new FollowthroughError('OPTION_INVALID', `${name} can't be written: ${why}.`, {cause});
	}
}
