import type {LintCheck} from './lint-check.ts';
import {headerPlace} from './redirect.ts';
import {documentation} from './sources.ts';

export const locationUnusable: LintCheck = {
	id: 'location-unusable',
	severity: 'warning',
	source: documentation('Common Headers', 'Location'),
	check(redirect) {
		const {location} = redirect;
		if (typeof location !== 'string' || location === 'missing') return undefined;
		return {message: words[location], at: headerPlace(redirect, 'Location')};
	},
};

const words = {
	several: 'the Location leads to several places, and no client knows which to take; give one URI',
	unparsable: 'the Location is no URI reference; give the absolute temporary URI',
	'not-http': 'the Location does not lead to http or https, and clients do not follow it there',
} as const;
