import {FollowthroughError} from '../errors.ts';
import {didYouMean} from '../scenario/near-name.ts';
import type {Scenario} from '../scenario/types.ts';
import {rules} from './rules/index.ts';
import type {Finding} from './verdict.ts';

const ids = rules.map(({id}) => id);

/**
 * Checks that every rule that a scenario enforces exists.
 *
 * @throws {FollowthroughError} `RULE_UNKNOWN`, with all unknown names and the nearest right ones
 */
export function checkEnforced({name, enforce}: Scenario): void {
	const unknown = enforce.filter(id => !ids.includes(id));
	if (unknown.length === 0) return;
	const lines = unknown.map(id => `  "${id}" is no rule${didYouMean(id, ids)}`);
	throw new FollowthroughError(
		'RULE_UNKNOWN',
		[
			`Scenario "${name}" enforces what is no rule:`,
			...lines,
			`The rules are ${ids.join(', ')}.`,
		].join('\n'),
	);
}

/** Whether a finding of this rule counts in an assertion: policy rules only where they are enforced. */
export function counts({level, rule}: Finding, {enforce}: Scenario): boolean {
	return level !== 'policy' || enforce.includes(rule);
}
