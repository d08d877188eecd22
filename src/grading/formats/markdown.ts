import type {Grade, LevelScore, Mend, RuleGrade, ScenarioGrade} from '../grade.ts';
import {code, factsOf, ruleLink, table, text} from './markdown-parts.ts';
import {
	answersOf,
	breachesByRule,
	conclusionWords,
	declinedWords,
	endingOf,
	isDeclined,
	marks,
	rulesInOrder,
	scenarioLine,
	scenariosInOrder,
	scoreLine,
	scoreWords,
} from './words.ts';

/**
 * A grade as Markdown: whether the client passed, what to mend first, then the rules and the scenarios.
 *
 * @param pages where the pages of the rules are
 */
export function toMarkdown(grade: Grade, pages: string): string {
	const {client, mend, score} = grade;
	const scenarios = scenariosInOrder(grade);
	const told = scenarios.filter(each => !isQuiet(each));
	const quiet = scenarios.filter(isQuiet).map(({scenario}) => code(scenario));
	return [
		`# How ${text(client)} follows redirects`,
		`**${text(conclusionWords(grade))}**`,
		`Rules: ${scoreLine(score)}; policies apart.  \nScenarios: ${scenarioLine(grade)}.`,
		...(mend.length === 0
			? []
			: [
					'## To mend, the worst first',
					...mend.map((each, index) => mendItem(each, index, pages)),
				]),
		'## Rules',
		table(['level', 'kept of what was seen', ...counts.slice(1)], score.map(levelRow)),
		table(
			['outcome', 'rule', 'level', ...counts.map(count => `${count} in`)],
			rulesInOrder(grade).map(rule => ruleRow(rule, pages)),
		),
		'## Scenarios',
		...(told.length === 0
			? []
			: [table(['scenario', 'outcome', 'the client said', 'rules broken'], told.map(scenarioRow))]),
		...(told.some(isDeclined) ? [`– declined: ${declinedWords}.`] : []),
		...(quiet.length === 0 ? [] : [`✓ kept every rule that was seen: ${quiet.join(', ')}`]),
		'',
	].join('\n\n');
}

/** Whether there is nothing to be said of a scenario but that all was kept. */
function isQuiet({state, outcome, calls}: ScenarioGrade): boolean {
	const isWhole = calls.every(({result}) => result.ended !== 'not asked');
	return state === 'judged' && outcome === 'kept' && isWhole;
}

const counts = ['kept', 'broken', 'declined', 'not observed'];

function mendItem(
	{rule = '', harm, what, scenarios, exampleIn, example}: Mend,
	index: number,
	pages: string,
): string {
	const seenIn = `   - seen in: ${scenarios.map(code).join(', ')}`;
	if (example === undefined)
		return [`${index + 1}. **${harm}.** ${text(what)} (in ${code(exampleIn)})`, seenIn].join('\n');
	return [
		`${index + 1}. **${harm}.** ${ruleLink(rule, pages)} (${example.level}): ${text(example.statement)}`,
		...factsOf(example, exampleIn),
		seenIn,
	].join('\n');
}

function levelRow({level, ...score}: LevelScore): string[] {
	const {broken, declined, notObserved} = score;
	const name = level === 'policy' ? 'policy, which stands apart' : level;
	return [name, scoreWords({level, ...score}), ...[broken, declined, notObserved].map(shown)];
}

function ruleRow(grade: RuleGrade, pages: string): string[] {
	const {rule, level, outcome, kept, broken, declined, notObserved} = grade;
	const places = [kept, broken, declined, notObserved].map(({length}) => shown(length));
	return [`${marks[outcome]} ${outcome}`, ruleLink(rule, pages), level, ...places];
}

function scenarioRow(grade: ScenarioGrade): string[] {
	const broken = breachesByRule(grade).map(
		([{rule, level}]) => code(rule) + (level === 'policy' ? ' (policy)' : ''),
	);
	return [code(grade.scenario), text(endingOf(grade)), text(answersOf(grade)), broken.join(', ')];
}

/** A count, or nothing for none. */
function shown(count: number): string {
	return count === 0 ? '' : String(count);
}
