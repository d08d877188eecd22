import {readFile} from 'node:fs/promises';
import {dirname, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import type {Double} from '../double.ts';
import {FollowthroughError} from '../errors.ts';
import {isName} from '../scenario/load.ts';
import {parseScenarioText} from '../scenario/parse.ts';
import {referredFiles} from '../scenario/referred-files.ts';
import {FileWatch} from './file-watch.ts';

/** What is told while a scenario file is watched. */
export interface WatchNews {
	/** The file has changed, and is played: a line. */
	readonly swapped: (line: string) => void;
	/** Why the file can't be played. */
	readonly refused: (text: string) => void;
}

/** The path of the file that a source of the command line stands for; undefined for a shipped scenario. */
export function fileOf(source: string): string | undefined {
	if (isName(source)) return undefined;
	return /^file:/i.test(source) ? fileURLToPath(source) : resolve(source);
}

/**
 * Has a double play its scenario anew each time when the file changes, or one that it takes contents
 * from. With a file that can't be played, it plays on as before.
 */
export class ScenarioWatch {
	readonly #double: Double;
	readonly #source: string;
	readonly #file: string;
	readonly #news: WatchNews;
	readonly #watch: FileWatch;
	#reloading = Promise.resolve();
	#closed = false;
	#fault = '';

	/**
	 * @param source the path or file URL, as the user gave it
	 * @param file its absolute path
	 */
	constructor(double: Double, source: string, file: string, news: WatchNews) {
		this.#double = double;
		this.#source = source;
		this.#file = file;
		this.#news = news;
		this.#watch = new FileWatch(() => {
			this.#reloading = this.#reloading.then(() => this.#reload());
		});
		this.#follow(referredFiles(double.scenario, dirname(file)));
	}

	/** Nothing is told from now on. */
	close(): void {
		this.#closed = true;
		this.#watch.close();
	}

	async #reload(): Promise<void> {
		const before = this.#double.origins;
		try {
			await this.#double.swap(this.#source);
			if (this.#closed) return;
			this.#fault = '';
			this.#watch.isEager = false;
			this.#news.swapped(swapLine(this.#source, before, this.#double.origins));
			this.#follow(referredFiles(this.#double.scenario, dirname(this.#file)));
		} catch (error) {
			if (isOver(error)) this.close();
			if (this.#closed) return;
			// What is wrong may be mended from now on, in a file that nobody can know of yet.
			this.#watch.isEager = true;
			this.#refuse(error instanceof Error ? error.message : String(error));
			this.#follow(await meantFiles(this.#file));
		}
	}

	/** The same fault is told once. */
	#refuse(why: string): void {
		if (why !== this.#fault)
			this.#news.refused(`${why}\n${this.#double.name} is played on as it was before.`);
		this.#fault = why;
	}

	#follow(files: readonly string[]): void {
		try {
			this.#watch.follow([this.#file, ...files]);
		} catch (error) {
			const why = error instanceof Error ? error.message : String(error);
			this.#news.refused(`${this.#source} can't be watched: ${why}`);
		}
	}
}

/** Whether the double was closed meanwhile, as the API may do it. */
function isOver(error: unknown): boolean {
	return error instanceof FollowthroughError && error.code === 'DOUBLE_CLOSED';
}

/** The files that a scenario with faults may take contents from; none, where it can't be read at all. */
async function meantFiles(file: string): Promise<readonly string[]> {
	if (/\.m?[jt]s$/i.test(file)) return [];
	try {
		const {data} = await parseScenarioText(await readFile(file, 'utf8'), file);
		return referredFiles(data, dirname(file));
	} catch {
		return [];
	}
}

/** What has become of the addresses, where they are not the same. */
function swapLine(source: string, before: Double['origins'], after: Double['origins']): string {
	const added = without(after, before).map(({documented, url}) => `${documented} → ${url}`);
	const gone = without(before, after).map(({documented}) => documented);
	return [
		`${source} has changed, and is played from now on.`,
		...(added.length > 0 ? [`New: ${added.join(', ')}.`] : []),
		...(gone.length > 0 ? [`Gone: ${gone.join(', ')}.`] : []),
	].join(' ');
}

function without(origins: Double['origins'], others: Double['origins']): Double['origins'] {
	return origins.filter(({documented}) => !others.some(other => other.documented === documented));
}
