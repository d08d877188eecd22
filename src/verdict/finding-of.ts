import type {Outcome, Rule} from './rule.ts';
import type {Finding} from './verdict.ts';

/**
 * A finding, frozen.
 *
 * @param hop absent for a rule about an exchange
 * @param exchanges frozen, since findings of one hop share them
 */
export function findingOf(
	{id, level, statement, source}: Rule,
	outcome: Outcome,
	hop: number | undefined,
	exchanges: readonly number[],
): Finding {
	return Object.freeze({
		rule: id,
		level,
		statement,
		source,
		...(hop !== undefined && {hop}),
		exchanges,
		...outcome,
	});
}
