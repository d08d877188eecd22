/** Where a project that uses the package finds the pages of the rules. */
export const pagesInProject = 'node_modules/followthrough/docs/rules';

/** The page of a rule: what it asks for, how clients break it, and how to mend it. */
export function rulePage(rule: string, pages: string = pagesInProject): string {
	return `${pages}/${rule}.md`;
}
