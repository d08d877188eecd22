import {FollowthroughError} from '../errors.ts';
import type {Grade} from './grade.ts';

/** The forms that a report can have. */
export type GradeFormat = 'markdown' | 'html' | 'junit';

/**
 * A grade as text: Markdown, an HTML page that needs nothing else, or JUnit XML. What came from the
 * wire is escaped; secrets are masked already.
 *
 * @throws FollowthroughError OPTION_INVALID for another format
 */
export async function formatGrade(grade: Grade, format: GradeFormat): Promise<string> {
	if (format === 'markdown') return (await import('./formats/markdown.ts')).toMarkdown(grade);
	if (format === 'html') return (await import('./formats/html.ts')).toHtml(grade);
	if (format === 'junit') return (await import('./formats/junit.ts')).toJunit(grade);
	throw new FollowthroughError(
		'OPTION_INVALID',
		`There is no format ${JSON.stringify(format)}; expected markdown, html or junit.`,
	);
}
