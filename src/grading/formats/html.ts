import type {Grade, Mend, RuleGrade, ScenarioGrade} from '../grade.ts';
import {element, escaped} from './markup.ts';
import {endingOf, marks, summaryOf} from './words.ts';

/** A grade as one HTML page that needs nothing else: what to mend first, then the rules and the scenarios. */
export function toHtml(grade: Grade): string {
	const {client, mend, rules, scenarios} = grade;
	const title = `How ${client} follows redirects`;
	const toMend = [
		element('h2', {}, ['To mend, the worst first']),
		element('ol', {}, mend.map(mendItem)),
	];
	const columns = ['', 'rule', 'level', 'kept', 'broken', 'declined', 'not observed'];
	const body = [
		element('h1', {}, [escaped(title)]),
		element('p', {}, [escaped(summaryOf(grade))]),
		...(mend.length === 0 ? [] : toMend),
		element('h2', {}, ['Rules']),
		table(columns, rules.map(ruleRow)),
		element('h2', {}, ['Scenarios']),
		table(['scenario', 'outcome', 'broken rules'], scenarios.map(scenarioRow)),
	];
	const head = [
		'<meta charset="utf-8">',
		'<meta name="viewport" content="width=device-width, initial-scale=1">',
		element('title', {}, [escaped(title)]),
		element('style', {}, [style]),
	];
	const page = element('html', {lang: 'en'}, [
		element('head', {}, head),
		'\n',
		element('body', {}, [body.join('\n')]),
	]);
	return `<!doctype html>\n${page}\n`;
}

const style = `
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid #8884; }
tr.broken, li strong { color: light-dark(#a11, #f77); }
tr.kept { color: light-dark(#161, #7c7); }
li { margin-bottom: 1rem; }
dl { margin: .3rem 0; display: grid; grid-template-columns: max-content 1fr; gap: 0 1rem; }
dd { margin: 0; }
`;

function mendItem({rule, harm, what, scenarios, example}: Mend): string {
	const name = rule === undefined ? [] : [' ', element('code', {}, [rule]), ` (${example?.level})`];
	const facts: [string, string][] = [
		...(example === undefined
			? []
			: ([
					['expected', escaped(example.expected ?? '')],
					['actual', escaped(example.actual ?? '')],
					['source', element('a', {href: example.source.url}, [escaped(example.source.document)])],
				] satisfies [string, string][])),
		['seen in', escaped(scenarios.join(', '))],
	];
	return element('li', {}, [
		element('strong', {}, [escaped(harm)]),
		...name,
		element('br'),
		escaped(what),
		element(
			'dl',
			{},
			facts.map(([term, told]) => element('dt', {}, [term]) + element('dd', {}, [told])),
		),
	]).replace('<br></br>', '<br>');
}

interface Row {
	readonly outcome: string;
	/** Markup already. */
	readonly cells: readonly string[];
}

function ruleRow(grade: RuleGrade): Row {
	const {rule, level, outcome, statement, kept, broken, declined, notObserved} = grade;
	const lists = [kept, broken, declined, notObserved].map(names =>
		names.length === 0 ? '' : element('span', {title: names.join(', ')}, [String(names.length)]),
	);
	const name = element('code', {title: statement}, [escaped(rule)]);
	return {outcome, cells: [marks[outcome], name, level, ...lists]};
}

function scenarioRow(grade: ScenarioGrade): Row {
	const {scenario, source, title, outcome, verdict} = grade;
	const broken = [...new Set(verdict.broken.map(({rule}) => rule))];
	const name = element('code', {title}, [escaped(scenario)]);
	const linked =
		source !== undefined && /^https?:/.test(source) ? element('a', {href: source}, [name]) : name;
	return {outcome, cells: [linked, escaped(endingOf(grade)), escaped(broken.join(', '))]};
}

function table(columns: readonly string[], rows: readonly Row[]): string {
	const head = element(
		'tr',
		{},
		columns.map(column => element('th', {}, [column])),
	);
	const lines = rows.map(({outcome, cells}) =>
		element(
			'tr',
			{class: outcome.replace(' ', '-')},
			cells.map(cell => element('td', {}, [cell])),
		),
	);
	return element('table', {}, [`\n${[head, ...lines].join('\n')}\n`]);
}
