import type {Scenario} from '../scenario/types.ts';

/** Whether a scenario turns a policy rule on. Rules that clients hardly ever keep call nothing broken before that. */
export function isEnforced(rule: string, {enforce}: Scenario): boolean {
	return enforce.includes(rule);
}
