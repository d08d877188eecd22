import type {LintCheck} from './lint-check.ts';
import {methodsOfTarget} from './methods-of-target.ts';
import {headerPlace, targetUrl} from './redirect.ts';
import {documentation} from './sources.ts';

/** A target that takes GET has words of its own: get-only-target.ts, get-intended.ts. */
export const targetMethod: LintCheck = {
	id: 'target-method',
	severity: 'warning',
	source: documentation(
		'Implementation',
		'Make sure the target endpoint can safely handle the same method and request body',
	),
	check(redirect) {
		const target = redirect.status === 307 ? methodsOfTarget(redirect) : undefined;
		if (!target || target.refused.length === 0 || target.taken.includes('GET')) return undefined;
		const message = `a 307 keeps ${target.refused.join(' and ')}, and ${targetUrl(redirect)} takes only ${target.taken.join(', ')}`;
		return {message, at: headerPlace(redirect, 'Location')};
	},
};
