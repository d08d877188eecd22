import {FollowthroughError} from '../errors.ts';
import {assertKnownNames} from '../scenario/known-names.ts';
import {cleanPages, pagesInProject, type RulePages} from '../verdict/rule-page.ts';
import type {Grade} from './grade.ts';

/** The forms that a report can have. */
export type GradeFormat = 'markdown' | 'html' | 'junit';

/** How a report is written. */
export interface FormatOptions {
	/**
	 * Where the pages of the rules are that a report links to: a URL, or the path of the folder from where
	 * the report will lie; `node_modules/followthrough/docs/rules` unless told. `false` for a report that
	 * can be read anywhere: it links to no pages, and has the statement and the source of what was broken.
	 */
	readonly pages?: RulePages;
}

/**
 * A grade as text: Markdown, an HTML page that needs nothing else, or JUnit XML. What came from the
 * wire is escaped; secrets are masked already.
 *
 * @throws FollowthroughError OPTION_INVALID for another format, or what is no grade
 */
export async function formatGrade(
	grade: Grade,
	format: GradeFormat,
	options: FormatOptions = {},
): Promise<string> {
	assertKnownNames('formatGrade', options, ['pages']);
	assertGrade(grade);
	const {pages: given = pagesInProject} = options;
	const pages = cleanPages(given);
	if (format === 'markdown')
		return (await import('./formats/markdown.ts')).toMarkdown(grade, pages);
	if (format === 'html') return (await import('./formats/html.ts')).toHtml(grade, pages);
	if (format === 'junit') return (await import('./formats/junit.ts')).toJunit(grade, pages);
	throw invalid(`There is no format ${JSON.stringify(format)}; expected markdown, html or junit.`);
}

/** JavaScript may hand over anything, most of all a promise. */
function assertGrade(grade: unknown): void {
	if (grade instanceof Promise)
		throw invalid(
			'formatGrade was given a promise; expected what it resolves with: await gradeClient(…).',
		);
	const isObject = typeof grade === 'object' && grade !== null;
	if (isObject && lists.every(name => Array.isArray(Reflect.get(grade, name)))) return;
	throw invalid('formatGrade was given what is no grade; expected what gradeClient resolves with.');
}

const lists = ['scenarios', 'rules', 'score', 'mend'];

function invalid(message: string): FollowthroughError {
	return new FollowthroughError('OPTION_INVALID', message);
}
