import {FollowthroughError} from '../errors.ts';
import type {ClientAdapter} from '../grading/client-adapter.ts';
import {formatGrade, type GradeFormat} from '../grading/format-grade.ts';
import type {Grade} from '../grading/grade.ts';
import {gradeClient} from '../grading/grade-client.ts';
import {loadScenario} from '../scenario/load.ts';
import {allOf} from './all-of.ts';
import {type Command, NotStarted} from './child.ts';
import {clientName} from './client-name.ts';
import {exitCodes} from './exit-codes.ts';
import {interruptible} from './interruption.ts';
import {assertFolderOf, type ExportTo, writeOutput} from './output-file.ts';
import {programAdapter} from './program-adapter.ts';
import {ProgressLine} from './progress-line.ts';

/** The forms of a report. */
export type ReportFormat = GradeFormat | 'json';

export interface GradeCommandOptions {
	/** Names and paths; all shipped scenarios, unless told. */
	readonly scenario?: readonly string[];
	/** Names of scenarios to leave out. */
	readonly except?: readonly string[];
	readonly format: ReportFormat;
	/** Files for the report, beside stdout. */
	readonly export?: readonly ExportTo<ReportFormat>[];
	/** What the report calls the client; its program and script unless told. */
	readonly name?: string;
	/** Milliseconds for each call. */
	readonly timeout?: number;
	/** How many scenarios are played side by side. */
	readonly concurrency?: number;
}

/**
 * Grades a client that is a command, prints the report, and gives the exit code.
 *
 * @throws FollowthroughError for a scenario that can't be played, before any is; Refusal for a file that
 * can't be written; NotStarted; Interruption
 */
export async function grade(command: Command, options: GradeCommandOptions): Promise<number> {
	const {scenario: sources = [], except = [], format, name = await clientName(command)} = options;
	const {timeout, concurrency, export: exports = []} = options;
	await allOf(sources.map(source => loadScenario(source)));
	for (const {file} of exports) assertFolderOf(file);
	const progress = new ProgressLine(process.stderr, process.env);
	const graded = await interruptible(async stop => {
		const unusable = new AbortController();
		try {
			return await gradeClient(endingAtOnce(programAdapter(command), unusable), {
				client: name,
				except,
				signal: AbortSignal.any([stop, unusable.signal]),
				onScenario: ({scenario}, {done, total}) => progress.tell(done, total, scenario),
				...(sources.length > 0 && {scenarios: sources}),
				...(timeout !== undefined && {timeout}),
				...(concurrency !== undefined && {concurrency}),
			});
		} finally {
			progress.end();
		}
	});
	for (const each of exports) await writeOutput(each.file, await reportOf(graded, each.format));
	process.stdout.write(await reportOf(graded, format));
	return exitCodes[exitOf(graded)];
}

/** A program that can't be started, or told its call, will not be by another call either. */
function endingAtOnce(client: ClientAdapter, unusable: AbortController): ClientAdapter {
	return async call => {
		try {
			return await client(call);
		} catch (error) {
			const isLasting =
				error instanceof NotStarted ||
				(error instanceof FollowthroughError && error.code === 'FOLDER_UNWRITABLE');
			if (isLasting) unusable.abort(error);
			throw error;
		}
	};
}

async function reportOf(graded: Grade, format: ReportFormat): Promise<string> {
	const report =
		format === 'json' ? JSON.stringify(graded, null, '\t') : await formatGrade(graded, format);
	return report.endsWith('\n') ? report : `${report}\n`;
}

/** A broken rule counts before a client that hung or crashed, and that before what was not seen. */
function exitOf({passed, mend, scenarios}: Grade): keyof typeof exitCodes {
	if (passed) return 'done';
	if (mend.some(({rule}) => rule !== undefined)) return 'broken';
	const isDown = scenarios.some(({state}) => state === 'hung' || state === 'crashed');
	return isDown ? 'commandFailed' : 'undecided';
}
