import type {Double} from '../double.ts';
import {conclusionOfDouble} from '../grading/double-conclusion.ts';
import {factsOf, ruleLink, span, table, text} from '../grading/formats/markdown-parts.ts';
import {breachesByRule} from '../grading/formats/words.ts';
import type {Hop} from '../journal/hop.ts';
import {counts} from '../verdict/enforced.ts';
import {formatRequestLine, formatResponseLine} from '../verdict/exchange-text.ts';
import type {RulePages} from '../verdict/rule-page.ts';
import type {Finding, Verdict} from '../verdict/verdict.ts';

/** More hops than a person will read are counted instead. */
const mostHops = 50;

const marks = {kept: '✓', broken: '✗', 'could not tell': '?'} as const;

/** The verdict as Markdown, for the summary of a CI job: the conclusion, what was broken, then the hops. */
export function toMarkdown(double: Double, pages: RulePages): string {
	const {outcome, why} = conclusionOfDouble(double);
	const verdict = double.verdict();
	const breaches = breachesByRule({verdict});
	const hops = double.hops();
	const told = hops.slice(0, mostHops);
	const parts = [
		`## ${text(double.name)}: ${marks[outcome]} ${outcome}`,
		text(`${why}.`),
		...(breaches.length === 0
			? []
			: [
					'### What was broken',
					breaches.map(([first, count], index) => breachItem(first, count, index)).join('\n'),
				]),
		...(told.length === 0 ? [] : ['### Redirects', table(columns, told.map(hopRow))]),
		...(hops.length > told.length ? [`… and ${hops.length - told.length} more.`] : []),
		...ruleLists(verdict, pages),
	];
	return `${parts.join('\n\n')}\n`;

	function breachItem(first: Finding, count: number, index: number): string {
		const {rule, level, statement} = first;
		const times = count === 1 ? '' : `, ${count} times`;
		const apart = counts(first, double.scenario) ? '' : ', not enforced';
		const link = ruleLink(rule, pages);
		return [
			`${index + 1}. ${link} (${level}${apart}${times}): ${text(statement)}`,
			...factsOf(first, double.name),
		].join('\n');
	}
}

const columns = ['hop', 'the client sent', 'was told', 'sent then', 'was told then'];

function hopRow({number, redirect, followUp, state}: Hop): string[] {
	const then =
		followUp === undefined
			? [state === 'waiting' ? 'nothing so far' : 'nothing', '']
			: [span(formatRequestLine(followUp.request)), span(formatResponseLine(followUp))];
	return [
		String(number),
		span(formatRequestLine(redirect.request)),
		span(formatResponseLine(redirect)),
		...then,
	];
}

/** Each rule once, at its worst. */
function ruleLists({broken, kept, notObserved}: Verdict, pages: RulePages): string[] {
	const told = new Set(broken.map(({rule}) => rule));
	const list = (title: string, findings: readonly Finding[]) => {
		const rules = [...new Set(findings.map(({rule}) => rule))].filter(rule => !told.has(rule));
		for (const rule of rules) told.add(rule);
		const links = rules.map(rule => ruleLink(rule, pages));
		return rules.length === 0 ? [] : [`${title}: ${links.join(', ')}`];
	};
	return [...list('Kept', kept), ...list('Not observed', notObserved)];
}
