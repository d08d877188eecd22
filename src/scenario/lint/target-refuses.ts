import {takesMethod} from '../methods.ts';
import type {LintCheck} from './lint-check.ts';
import {headerPlace, targetRoutes, targetUrl} from './redirect.ts';
import {documentation} from './sources.ts';

/** Statuses that refuse a method or a body as such. */
const refusals = [405, 411, 413, 415, 501];

export const targetRefuses: LintCheck = {
	id: 'target-refuses',
	severity: 'warning',
	source: documentation(
		'Implementation',
		'Make sure the target endpoint can safely handle the same method and request body',
	),
	check(redirect) {
		if (redirect.status !== 307) return undefined;
		const answers = targetRoutes(redirect)
			.filter(({methods}) => redirect.methods.some(method => takesMethod(methods, method)))
			.flatMap(({answers}) =>
				typeof answers === 'function' ? [0] : answers.responses.map(each => each.status),
			);
		const [status] = answers;
		if (status === undefined || !answers.every(each => refusals.includes(each))) return undefined;
		const message = `${targetUrl(redirect)} answers ${status}: it can't handle the method or the body that a 307 sends to it`;
		return {message, at: headerPlace(redirect, 'Location')};
	},
};
