import {type FSWatcher, statSync, watch} from 'node:fs';
import {dirname} from 'node:path';

/** A folder that is being watched; `identity` tells when another one has taken its place. */
interface Watched {
	readonly watcher: FSWatcher;
	readonly identity: string;
}

/** Milliseconds between two looks at files that are being written. */
const pause = 50;

/**
 * Watches over files, also those that are not there yet. Their folders are watched, since many editors
 * write another file and give it the name; and whatever happens there, the files themselves are looked
 * at, since a name may lead to another file by a link.
 */
export class FileWatch {
	readonly #changed: () => void;
	/** What each file looked like when it was told of last. */
	#seen = new Map<string, string>();
	#before: string | undefined;
	readonly #folders = new Map<string, Watched>();
	#timer: NodeJS.Timeout | undefined;
	/** Whether something happened in a folder since the last look. */
	#stirred = false;
	#closed = false;
	/** Whether it is told of anything that happens in the folders. */
	isEager = false;

	/** @param changed called when a file has changed, and is being written no more */
	constructor(changed: () => void) {
		this.#changed = changed;
	}

	/**
	 * Watches over these files from now on, and no others.
	 *
	 * @param files absolute paths
	 * @throws the platform's error where it can watch no more
	 */
	follow(files: readonly string[]): void {
		if (this.#closed) return;
		const looks = files.map(file => [file, this.#seen.get(file) ?? lookOf(file)] as const);
		this.#seen = new Map(looks);
		this.#watchFolders();
		// What has happened before they were watched.
		this.#look();
	}

	close(): void {
		this.#closed = true;
		clearTimeout(this.#timer);
		for (const {watcher} of this.#folders.values()) watcher.close();
		this.#folders.clear();
	}

	#look(): void {
		this.#timer ??= setTimeout(() => {
			this.#timer = undefined;
			this.#compare();
		}, pause);
	}

	/** Tells of a change when everything looks the same as at the look before. */
	#compare(): void {
		this.#watchFolders();
		const now = new Map([...this.#seen.keys()].map(file => [file, lookOf(file)]));
		const hasChanged = [...now].some(([file, look]) => look !== this.#seen.get(file));
		const all = [...now.values()].join('\n');
		const isStill = all === this.#before;
		this.#before = all;
		if (hasChanged && !isStill) this.#look();
		else this.#tell(now, hasChanged || (this.isEager && this.#stirred));
	}

	#tell(now: Map<string, string>, isNews: boolean): void {
		this.#seen = now;
		this.#stirred = false;
		if (isNews) this.#changed();
	}

	/** A folder that was removed, or replaced, has to be watched anew; until it is there, what it is to be in is. */
	#watchFolders(): void {
		const wanted = new Map([...this.#seen.keys()].map(file => folderOf(file)));
		for (const [folder, {watcher, identity}] of this.#folders) {
			if (wanted.get(folder) === identity) continue;
			watcher.close();
			this.#folders.delete(folder);
		}
		for (const [folder, identity] of wanted) {
			if (this.#folders.has(folder)) continue;
			const stir = () => {
				this.#stirred = true;
				this.#look();
			};
			const watcher = watch(folder, stir).on('error', stir);
			this.#folders.set(folder, {watcher, identity});
		}
	}
}

/** The nearest folder above a file that is there, with what tells it from another of that name. */
function folderOf(file: string): [folder: string, identity: string] {
	const folder = dirname(file);
	const stats = statSync(folder, {throwIfNoEntry: false});
	if (stats?.isDirectory()) return [folder, `${stats.dev} ${stats.ino}`];
	return folder === file ? [folder, ''] : folderOf(folder);
}

/** What tells a file from how it was before; empty for one that is not there. */
function lookOf(file: string): string {
	try {
		const {ino, mode, mtimeMs, size} = statSync(file);
		return `${ino} ${mode} ${mtimeMs} ${size}`;
	} catch {
		return '';
	}
}
