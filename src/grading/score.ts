import type {Level} from '../verdict/rule.ts';
import type {LevelScore, RuleGrade} from './grade.ts';

/** All levels, the strongest first. */
export const levels: readonly Level[] = ['must', 'should', 'de facto', 'policy'];

/** What the rules came to, level by level; each rule once, at its worst. */
export function scoreOf(rules: readonly RuleGrade[]): LevelScore[] {
	return levels.map(level => ({level, ...tallyOf(rules.filter(rule => rule.level === level))}));
}

/** The levels that count in an assertion, together. */
export function countingScore(score: readonly LevelScore[]): Omit<LevelScore, 'level'> {
	const counting = score.filter(({level}) => level !== 'policy');
	const sum = (part: Exclude<keyof LevelScore, 'level'>) =>
		counting.reduce((total, each) => total + each[part], 0);
	return {
		kept: sum('kept'),
		broken: sum('broken'),
		declined: sum('declined'),
		notObserved: sum('notObserved'),
		seen: sum('seen'),
	};
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
