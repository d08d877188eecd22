import {ScenarioError, type ScenarioProblem} from '../errors.ts';
import {lint} from '../lint.ts';
import type {LintFinding} from '../scenario/lint.ts';
import {type Look, paint} from '../verdict/paint.ts';
import {allOf} from './all-of.ts';
import {exitCodes} from './exit-codes.ts';
import {wantsColors} from './wants-colors.ts';

/** What is said of one scenario. */
interface LintedFile {
	/** As it was asked for. */
	readonly file: string;
	/** What keeps it from being played. */
	readonly faults: readonly ScenarioProblem[];
	/** Pitfalls and advice; none of a scenario that has faults. */
	readonly findings: readonly LintFinding[];
}

/**
 * Holds scenarios against the format and against the documentation's advice to servers.
 *
 * @param sources paths, or names of shipped scenarios
 * @returns the exit code: `broken` with a fault or a warning; advice costs nothing
 * @throws FollowthroughError for a file that can't be read
 */
export async function lintAll(
	sources: readonly string[],
	{json = false}: {readonly json?: boolean},
): Promise<number> {
	const {stdout} = process;
	const linted = await allOf(sources.map(lintOne));
	const look = {colors: wantsColors(stdout, process.env)};
	const texts = linted.map(each => formatLinted(each, look));
	stdout.write(json ? `${JSON.stringify(linted, null, '\t')}\n` : `${texts.join('\n\n')}\n`);
	const isFine = linted.every(
		({faults, findings}) =>
			faults.length === 0 && findings.every(({severity}) => severity !== 'warning'),
	);
	return isFine ? exitCodes.done : exitCodes.broken;
}

async function lintOne(file: string): Promise<LintedFile> {
	try {
		return {file, faults: [], findings: await lint(file)};
	} catch (error) {
		if (error instanceof ScenarioError) return {file, faults: error.problems, findings: []};
		throw error;
	}
}

function formatLinted({file, faults, findings}: LintedFile, look: Look): string {
	const name = paint('bold', file, look);
	if (faults.length + findings.length === 0)
		return `${name}: ${paint('green', 'nothing to say', look)}`;
	return [
		name,
		...faults.map(({path, line, column, message}) => {
			const place = line === undefined ? '' : `${line}:${column ?? 1}  `;
			return `  ${place}${path || '/'}  ${paint('red', 'fault', look)}  ${message}`;
		}),
		...findings.flatMap(({id, severity, path, message, source}) => {
			const word = paint(severity === 'warning' ? 'yellow' : 'cyan', severity, look);
			const from = paint('dim', `${source.document}, ${source.url}`, look);
			return [`  ${path}  ${word}  ${message} (${id})`, `    ${from}`];
		}),
	].join('\n');
}
