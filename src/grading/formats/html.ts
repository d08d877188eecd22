import type {RulePages} from '../../verdict/rule-page.ts';
import type {Finding} from '../../verdict/verdict.ts';
import type {Grade, LevelScore, Mend, RuleGrade, ScenarioGrade} from '../grade.ts';
import {style} from './html-style.ts';
import {element, escaped} from './markup.ts';
import {
	answersOf,
	breachesByRule,
	conclusionWords,
	declinedWords,
	endingOf,
	exchangesOf,
	isDeclined,
	marks,
	pageOf,
	rulesInOrder,
	scenarioLine,
	scenariosInOrder,
	scoreLine,
	scoreWords,
	unexercised,
} from './words.ts';

/**
 * A grade as one HTML page that needs nothing else, no script either: whether the client passed, what to
 * mend first, then the rules and the scenarios.
 *
 * @param pages where the pages of the rules are
 */
export function toHtml(grade: Grade, pages: RulePages): string {
	const title = `How ${grade.client} follows redirects`;
	const head = [
		'<meta charset="utf-8">',
		'<meta name="viewport" content="width=device-width, initial-scale=1">',
		element('title', {}, [escaped(title)]),
		element('style', {}, [style]),
	];
	const page = element('html', {lang: 'en'}, [
		element('head', {}, head),
		'\n',
		element('body', {}, [bodyOf(title, grade, pages).join('\n')]),
	]);
	return `<!doctype html>\n${page}\n`;
}

function bodyOf(title: string, grade: Grade, pages: RulePages): string[] {
	const {mend, passed, score} = grade;
	const places = ['kept', 'broken', 'declined', 'not observed'];
	const rules = rulesInOrder(grade);
	const others = unexercised(grade);
	return [
		element('h1', {}, [escaped(title)]),
		element('p', {class: `conclusion ${passed ? 'kept' : 'broken'}`}, [
			escaped(conclusionWords(grade)),
		]),
		element('p', {}, [`Rules: ${scoreLine(score)}; policies apart.`]),
		element('p', {}, [`Scenarios: ${scenarioLine(grade)}.`]),
		...(mend.length === 0
			? []
			: [
					element('h2', {}, ['To mend, the worst first']),
					element(
						'ol',
						{class: 'mend'},
						mend.map(each => mendItem(each, pages)),
					),
				]),
		element('h2', {}, ['Rules']),
		table('By level', ['level', 'kept of what was seen', ...places.slice(1)], score.map(levelRow)),
		...(rules.length === 0
			? []
			: [
					table(
						'By rule, with the scenarios in which it came to this',
						['rule', 'outcome', 'level', ...places],
						rules.map(rule => ruleRow(rule, pages)),
					),
				]),
		...(others.names.length === 0
			? []
			: [disclosed(others.words, others.names.map(rule => ruleLink(rule, pages)).join(', '))]),
		element('h2', {}, ['Scenarios']),
		table(
			'What became of each',
			['scenario', 'outcome', 'the client said', 'rules broken'],
			scenariosInOrder(grade).map(scenario => scenarioRow(scenario, pages)),
		),
		...(grade.scenarios.some(isDeclined)
			? [element('p', {}, [`– declined: ${declinedWords}.`])]
			: []),
	];
}

function mendItem(
	{rule = '', harm, what, scenarios, exampleIn, example}: Mend,
	pages: RulePages,
): string {
	const seenIn: Fact = ['seen in', scenarios.map(scenarioLink).join(', ')];
	const name = element('strong', {}, [escaped(harm)]);
	if (example === undefined)
		return element('li', {}, [
			name,
			element('p', {}, [`${escaped(what)} (in ${scenarioLink(exampleIn)})`]),
			facts([seenIn]),
		]);
	return element('li', {}, [
		name,
		element('p', {}, [ruleLink(rule, pages), ` (${example.level}): ${escaped(example.statement)}`]),
		facts([...factsOf(example, exampleIn), sourceOf(example), seenIn]),
	]);
}

/** A term, and what is told of it, which is markup already. */
type Fact = readonly [term: string, told: string];

/** @param scenario the one that it is of, where that does not stand beside it */
function factsOf(finding: Finding, scenario?: string): Fact[] {
	const {expected = '', actual = '', cause} = finding;
	const place = scenario === undefined ? '' : `in ${scenarioLink(scenario)}, `;
	return [
		['expected', escaped(expected)],
		['actual', `${escaped(actual)} (${place}${exchangesOf(finding)})`],
		...(cause === undefined ? [] : [['likely cause', escaped(cause)] as const]),
	];
}

function sourceOf({source: {document, url, passage}}: Finding): Fact {
	const link = element('a', {href: url}, [escaped(document)]);
	return ['source', `${link}: ${element('q', {}, [escaped(passage)])}`];
}

function facts(list: readonly Fact[]): string {
	const items = list.map(([term, told]) => element('dt', {}, [term]) + element('dd', {}, [told]));
	return element('dl', {}, items);
}

function ruleLink(rule: string, pages: RulePages): string {
	const name = element('code', {}, [escaped(rule)]);
	const href = pageOf(rule, pages);
	return href === undefined ? name : element('a', {href}, [name]);
}

function scenarioLink(name: string): string {
	return element('a', {href: `#${anchorOf(name)}`}, [escaped(name)]);
}

function anchorOf(scenario: string): string {
	return `scenario-${encodeURIComponent(scenario)}`;
}

interface Row {
	readonly id?: string;
	/** What it came to, for its colour. */
	readonly outcome: string;
	/** The first is the head of the row; markup already. */
	readonly cells: readonly string[];
}

function levelRow({level, ...score}: LevelScore): Row {
	const {broken, kept, declined, notObserved} = score;
	const name = level === 'policy' ? 'policy, which stands apart' : level;
	const counts = [broken, declined, notObserved].map(count => (count ? `${count}` : ''));
	const outcome = broken > 0 ? 'broken' : kept > 0 ? 'kept' : 'not-observed';
	return {outcome, cells: [name, scoreWords({level, ...score}), ...counts]};
}

function ruleRow(grade: RuleGrade, pages: RulePages): Row {
	const {rule, level, outcome, statement, kept, broken, declined, notObserved} = grade;
	const name = ruleLink(rule, pages) + element('p', {}, [escaped(statement)]);
	const places = [kept, broken, declined, notObserved].map(placesOf);
	return {outcome, cells: [name, short(`${marks[outcome]} ${outcome}`), short(level), ...places]};
}

function placesOf(scenarios: readonly string[]): string {
	if (scenarios.length === 0) return '';
	const names = scenarios.map(scenarioLink).join(', ');
	return disclosed(String(scenarios.length), names);
}

function scenarioRow(grade: ScenarioGrade, pages: RulePages): Row {
	const {scenario, source, title, state, outcome} = grade;
	const code = element('code', {}, [escaped(scenario)]);
	const linked =
		source !== undefined && /^https?:/.test(source) ? element('a', {href: source}, [code]) : code;
	const name = linked + (title === scenario ? '' : element('p', {}, [escaped(title)]));
	const broken = breachesByRule(grade)
		.map(breaches => disclosedBreach(breaches, pages))
		.join('');
	return {
		id: anchorOf(scenario),
		outcome: state === 'judged' ? outcome : 'broken',
		cells: [name, escaped(endingOf(grade)), escaped(answersOf(grade)), broken],
	};
}

/** The first breach of a rule in a scenario, and how many there are. */
function disclosedBreach([first, count]: readonly [Finding, number], pages: RulePages): string {
	const {rule, level} = first;
	const more: Fact[] = count === 1 ? [] : [['in all', `${count} times`]];
	const told = facts([...factsOf(first), ...more, ['rule', ruleLink(rule, pages)]]);
	return disclosed(`${element('code', {}, [escaped(rule)])} (${level})`, told);
}

/** Words that stay on one line. */
function short(words: string): string {
	return element('span', {class: 'short'}, [words]);
}

/** What opens when it is asked for. */
function disclosed(summary: string, content: string): string {
	return element('details', {}, [element('summary', {}, [summary]), content]);
}

function table(caption: string, columns: readonly string[], rows: readonly Row[]): string {
	const head = element(
		'tr',
		{},
		columns.map(column => element('th', {scope: 'col'}, [column])),
	);
	const lines = rows.map(({id, outcome, cells: [first = '', ...more]}) =>
		element('tr', {...(id !== undefined && {id}), class: outcome.replace(' ', '-')}, [
			element('th', {scope: 'row'}, [first]),
			...more.map(cell => element('td', {}, [cell])),
		]),
	);
	const content = [
		element('caption', {}, [caption]),
		element('thead', {}, [head]),
		element('tbody', {}, [`\n${lines.join('\n')}\n`]),
	];
	// A wide one scrolls by itself, also by keyboard.
	const attributes = {class: 'wide', role: 'region', 'aria-label': caption, tabindex: 0};
	return element('div', attributes, [element('table', {}, content)]);
}
