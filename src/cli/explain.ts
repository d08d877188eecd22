import {FollowthroughError} from '../errors.ts';
import {didYouMean} from '../scenario/near-name.ts';
import {wrap} from '../verdict/layout.ts';
import {type Look, paint} from '../verdict/paint.ts';
import type {Rule} from '../verdict/rule.ts';
import {ruleSections, type Section} from '../verdict/rule-sections.ts';
import {rules} from '../verdict/rules/index.ts';
import {exitCodes} from './exit-codes.ts';
import {formatSection} from './rule-text.ts';
import {wantsColors} from './wants-colors.ts';

/**
 * Prints what a rule asks for, where that stands, how it is seen on the wire, how clients break it, and
 * how to mend it; all rules in a line each, where none is named.
 *
 * @throws FollowthroughError RULE_UNKNOWN
 */
export async function explain(
	id: string | undefined,
	{json = false}: {readonly json?: boolean},
): Promise<number> {
	const {stdout} = process;
	const look = {colors: wantsColors(stdout, process.env)};
	if (id === undefined) {
		const all = rules.map(wordsOf);
		stdout.write(json ? asJson(all) : listOf(all, look));
		return exitCodes.done;
	}
	const rule = ruleOf(id);
	const sections = await ruleSections(id);
	stdout.write(json ? asJson({...wordsOf(rule), sections}) : formatRule(rule, sections, look));
	return exitCodes.done;
}

function ruleOf(id: string): Rule {
	const rule = rules.find(each => each.id === id);
	if (rule !== undefined) return rule;
	const meant = didYouMean(
		id,
		rules.map(each => each.id),
	);
	throw new FollowthroughError(
		'RULE_UNKNOWN',
		`There is no rule "${id}"${meant || '.'} "followthrough explain" lists all.`,
	);
}

type RuleWords = Pick<Rule, 'id' | 'level' | 'about' | 'statement' | 'source'>;

function wordsOf({id, level, about, statement, source}: Rule): RuleWords {
	return {id, level, about, statement, source};
}

function listOf(all: readonly RuleWords[], look: Look): string {
	const widths = {
		id: Math.max(...all.map(({id}) => id.length)),
		level: Math.max(...all.map(({level}) => level.length)),
	};
	const lines = all.map(({id, level, statement}) => {
		const name = paint('bold', id.padEnd(widths.id), look);
		return `${name}  ${level.padEnd(widths.level)}  ${statement}\n`;
	});
	return lines.join('');
}

function formatRule(
	{id, level, about, statement, source}: Rule,
	sections: readonly Section[],
	look: Look,
): string {
	const passage = wrap(source.passage, 94).map(line => `  > ${line}`);
	return `${[
		[`${paint('bold', id, look)}: ${statement}`, `  level   ${level}`, `  about   ${about}`].join(
			'\n',
		),
		[`  source  ${source.document}, ${paint('cyan', source.url, look)}`, ...passage].join('\n'),
		...sections.map(section => formatSection(section, look)),
	].join('\n\n')}\n`;
}

function asJson(value: unknown): string {
	return `${JSON.stringify(value, null, '\t')}\n`;
}
