import type {Double} from '../double.ts';
import {FollowthroughError} from '../errors.ts';
import {assertKnownNames} from '../scenario/known-names.ts';
import {cleanPages, pagesInProject, type RulePages} from '../verdict/rule-page.ts';
import {type ExportFormat, exportFormats} from './formats.ts';
import type {Secrets} from './secrets.ts';

/** How an export is written. */
export interface ExportOptions {
	/**
	 * Whether recorded secrets stand in it: `masked`, each is `***` and a body of which it can't be told
	 * what is secret in it is left out; `shown`, all is there as it came. Masked unless told.
	 */
	readonly secrets?: Secrets;
	/**
	 * Where the pages of the rules are that `markdown` and `junit` refer to: a URL, or the path of the
	 * folder from where the file will lie; `node_modules/followthrough/docs/rules` unless told. `false` for
	 * what can be read anywhere: it links to no pages.
	 */
	readonly pages?: RulePages;
}

/**
 * What a double has seen so far, as text: `har`, all exchanges at their documented URLs (HTTP Archive
 * 1.2); `json`, the verdict with outcome and why, and the hops; `junit`, `markdown` and `sarif` (2.1.0),
 * the verdict for CI services; `curl`, a line for each request that sends it again. Settle first: a
 * redirect that still waits for its follow-up is told as one that was not followed.
 *
 * What only a format needs is loaded when it is asked for.
 *
 * @throws FollowthroughError OPTION_INVALID for another format or option
 */
export async function exportDouble(
	double: Double,
	format: ExportFormat,
	options: ExportOptions = {},
): Promise<string> {
	assertKnownNames('exportDouble', options, ['secrets', 'pages']);
	const {secrets = 'masked', pages: given = pagesInProject} = options;
	if (secrets !== 'masked' && secrets !== 'shown')
		throw invalid(`The option secrets is ${JSON.stringify(secrets)}; expected masked or shown.`);
	const pages = cleanPages(given);
	if (format === 'har') return (await import('./har.ts')).toHar(double, secrets);
	if (format === 'json') return (await import('./json.ts')).toJson(double, secrets);
	if (format === 'junit') return (await import('./verdict-junit.ts')).toJunit(double, pages);
	if (format === 'markdown')
		return (await import('./verdict-markdown.ts')).toMarkdown(double, pages);
	if (format === 'sarif') return (await import('./sarif.ts')).toSarif(double);
	if (format === 'curl') return (await import('./curl.ts')).toCurl(double, secrets);
	throw invalid(
		`There is no format ${JSON.stringify(format)}; expected ${exportFormats.slice(0, -1).join(', ')} or ${exportFormats.at(-1)}.`,
	);
}

function invalid(message: string): FollowthroughError {
	return new FollowthroughError('OPTION_INVALID', message);
}
