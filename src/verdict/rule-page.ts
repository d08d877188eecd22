import {FollowthroughError} from '../errors.ts';

/** Where a project that uses the package finds the pages of the rules. */
export const pagesInProject = 'node_modules/followthrough/docs/rules';

/** Where the pages of the rules are: a URL or the path of their folder; `false` where the reader has no way to them. */
export type RulePages = string | false;

/** The page of a rule: what it asks for, how clients break it, and how to mend it. */
export function rulePage(rule: string, pages: string): string {
	return `${pages}/${rule}.md`;
}

/** What tells of a rule where its page is out of reach. */
export function explainingCommand(rule: string): string {
	return `followthrough explain ${rule}`;
}

/**
 * What an option says of the pages, without a slash at its end. JavaScript may hand over anything.
 *
 * @throws FollowthroughError OPTION_INVALID
 */
export function cleanPages(pages: unknown): RulePages {
	if (pages === false) return pages;
	if (typeof pages === 'string') return pages.replace(/(?<=.)\/+$/, '');
	throw new FollowthroughError(
		'OPTION_INVALID',
		'The option pages is no text; expected a URL, a path, or false for no links.',
	);
}
