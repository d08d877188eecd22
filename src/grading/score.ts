import {levels} from '../verdict/rule.ts';
import type {LevelScore, RuleGrade} from './grade.ts';

/** What the rules came to, level by level; each rule once, at its worst. */
export function scoreOf(rules: readonly RuleGrade[]): LevelScore[] {
	return levels.map(level => ({level, ...tallyOf(rules.filter(rule => rule.level === level))}));
}

function tallyOf(rules: readonly RuleGrade[]): Omit<LevelScore, 'level'> {
	const count = (outcome: RuleGrade['outcome']) =>
		rules.filter(rule => rule.outcome === outcome).length;
	const kept = count('kept');
	const broken = count('broken');
	return {
		kept,
		broken,
		declined: count('declined'),
		notObserved: count('not observed'),
		seen: kept + broken,
	};
}
