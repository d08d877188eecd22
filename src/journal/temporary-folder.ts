import {rmSync} from 'node:fs';
import {mkdtemp, readdir, rm, writeFile} from 'node:fs/promises';
import {hostname, tmpdir} from 'node:os';
import {join} from 'node:path';
import {FollowthroughError} from '../errors.ts';

/**
 * A folder for what a double keeps in files, large bodies and the certificate of its CA; made when the
 * first of them needs it and removed at close. Its name holds the host and the process, so that the
 * next start can tell what a crashed process left behind.
 */
export class TemporaryFolder {
	#path: Promise<string> | undefined;
	#removed: Promise<void> | undefined;

	/**
	 * The folder's absolute path. Tried again when asked next after it could not be made.
	 *
	 * @throws FollowthroughError FOLDER_UNWRITABLE
	 */
	async path(): Promise<string> {
		this.#path ??= makeFolder().catch(error => {
			this.#path = undefined;
			throw error;
		});
		return this.#path;
	}

	/**
	 * Removes the folder with all that is in it, if it was made; ask for no path after that. Never
	 * rejects: what can't be removed now goes at the end of the process, or at the next start.
	 */
	remove(): Promise<void> {
		this.#removed ??= this.#remove().catch(() => undefined);
		return this.#removed;
	}

	async #remove(): Promise<void> {
		const path = await this.#path;
		if (path === undefined) return;
		// A file that is being made in it at this moment is seen at the second try.
		await rm(path, {recursive: true, force: true, maxRetries: 5, retryDelay: 10});
		ours.delete(path);
	}
}

const ours = new Set<string>();
let listening = false;

async function makeFolder(): Promise<string> {
	const path = await makeTemporaryFolder(`${prefix()}${process.pid}-`);
	if (!listening) process.once('exit', removeOurs);
	listening = true;
	ours.add(path);
	return path;
}

/**
 * A new folder among the temporary files of this user.
 *
 * @param start how its name begins
 * @returns its absolute path
 * @throws FollowthroughError FOLDER_UNWRITABLE
 */
export async function makeTemporaryFolder(start: string): Promise<string> {
	try {
		return await mkdtemp(join(tmpdir(), start));
	} catch (cause) {
		throw notWritten(cause);
	}
}

/**
 * A file in a temporary folder, which only this user may read.
 *
 * @throws FollowthroughError FOLDER_UNWRITABLE
 */
export async function writeTemporaryFile(path: string, content: string): Promise<void> {
	try {
		await writeFile(path, content, {mode: 0o600});
	} catch (cause) {
		throw notWritten(cause);
	}
}

function notWritten(cause: unknown): FollowthroughError {
	return new FollowthroughError(
		'FOLDER_UNWRITABLE',
		`The folder for temporary files, ${tmpdir()}, can't be written: ${reasonOf(cause)}. Name another in the variable ${process.platform === 'win32' ? 'TEMP' : 'TMPDIR'}.`,
		{cause},
	);
}

function reasonOf(cause: unknown): string {
	const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
	if (code === 'ENOENT') return 'it is not there';
	if (code === 'ENOTDIR') return 'it is no folder';
	if (code === 'EACCES' || code === 'EPERM') return 'the permission is missing';
	if (code === 'EROFS') return 'it can only be read';
	if (code === 'ENOSPC' || code === 'EDQUOT') return 'there is no room left';
	return cause instanceof Error ? cause.message : String(cause);
}

/** A process that ends without closing its doubles must leave nothing; only sync calls run then. */
function removeOurs(): void {
	for (const path of ours) rmSync(path, {recursive: true, force: true});
}

/** Containers share folders but not process numbers: only this host's leftovers are judged. */
function prefix(): string {
	return `followthrough-${hostname().replace(/[^\w.]/g, '_')}-`;
}

let swept: Promise<void> | undefined;

let due = false;

/** Sweeps a second from now, once in a process: nobody waits for it, and least of all at a start. */
export function sweepLeftoversLater(): void {
	if (!due) setTimeout(sweepLeftovers, 1000).unref();
	due = true;
}

/** Removes, once in a process, the folders of processes of this host that are no more. Never throws. */
export function sweepLeftovers(): Promise<void> {
	swept ??= sweep().catch(() => undefined);
	return swept;
}

async function sweep(): Promise<void> {
	const start = prefix();
	for (const name of await readdir(tmpdir())) {
		if (!name.startsWith(start)) continue;
		const pid = Number.parseInt(name.slice(start.length), 10);
		if (Number.isNaN(pid) || isAlive(pid)) continue;
		await rm(join(tmpdir(), name), {recursive: true, force: true});
	}
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		// EPERM: it lives, and belongs to somebody else.
		return error instanceof Error && 'code' in error && error.code === 'EPERM';
	}
}
