import {type FileHandle, open} from 'node:fs/promises';
import {FollowthroughError} from '../errors.ts';

/** A report in one form, for a file. */
export interface ReportFile<Format extends string> {
	readonly format: Format;
	readonly file: string;
}

/** Files that are open for their reports. */
export class ReportFiles<Format extends string> {
	readonly #files: readonly (ReportFile<Format> & {readonly handle: FileHandle})[];

	private constructor(files: readonly (ReportFile<Format> & {readonly handle: FileHandle})[]) {
		this.#files = files;
	}

	/**
	 * Opens the files before there is anything to write: a path that can't be written to is told before
	 * the work, not after it.
	 *
	 * @throws FollowthroughError OPTION_INVALID
	 */
	static async open<Format extends string>(
		reports: readonly ReportFile<Format>[],
	): Promise<ReportFiles<Format>> {
		const files = [];
		for (const report of reports) files.push({...report, handle: await openFile(report)});
		return new ReportFiles(files);
	}

	async write(reportIn: (format: Format) => Promise<string>): Promise<void> {
		for (const {format, handle} of this.#files) {
			await handle.writeFile(await reportIn(format));
			await handle.close();
		}
	}
}

async function openFile({format, file}: ReportFile<string>): Promise<FileHandle> {
	try {
		return await open(file, 'w');
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		throw new FollowthroughError(
			'OPTION_INVALID',
			`The ${format} report can't be written to "${file}": ${reason}`,
			{cause: error},
		);
	}
}
