/** The forms in which what a double has seen can be had, each with its media type. */
export const exportMediaTypes = {
	/** All exchanges, as HTTP Archive 1.2; it has no registered type of its own. */
	har: 'application/json',
	/** The verdict with outcome and why, and the hops. */
	json: 'application/json',
	/** The verdict for CI services. */
	junit: 'application/xml',
	/** The verdict for people, such as in the summary of a CI job. */
	markdown: 'text/markdown; charset=utf-8',
	/** What was broken, as SARIF 2.1.0, for services that show results of analyses. */
	sarif: 'application/sarif+json',
	/** A curl line for each request. */
	curl: 'text/plain; charset=utf-8',
} as const;

/** A form in which what a double has seen can be had. */
export type ExportFormat = keyof typeof exportMediaTypes;

/** All forms. */
export const exportFormats = [
	'har',
	'json',
	'junit',
	'markdown',
	'sarif',
	'curl',
] as const satisfies readonly ExportFormat[];

/** Whether there is such a form. */
export function isExportFormat(name: string): name is ExportFormat {
	return Object.hasOwn(exportMediaTypes, name);
}
