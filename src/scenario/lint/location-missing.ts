import type {LintCheck} from './lint-check.ts';
import {documentation} from './sources.ts';

export const locationMissing: LintCheck = {
	id: 'location-missing',
	severity: 'warning',
	source: documentation('Implementation', 'Include a Location header with the temporary URI'),
	check({location, status}) {
		if (location !== 'missing') return undefined;
		return {message: `this ${status} has no Location: a client can't follow it; add one`};
	},
};
