import type {LintCheck} from './lint-check.ts';
import {documentation} from './sources.ts';

export const claimsPermanence: LintCheck = {
	id: 'claims-permanence',
	severity: 'warning',
	source: documentation('Pitfalls', 'Permanent redirects; use 308'),
	check({status, response, content}) {
		if (status !== 307) return undefined;
		if (isPermanent.test(response.reason ?? '')) {
			return {
				message: `its reason phrase says "${response.reason}"; a permanent redirect is a 308`,
				at: '/status',
			};
		}
		const found = isPermanent.exec(content)?.[0];
		if (found === undefined) return undefined;
		return {message: `its body says "${found}"; a permanent redirect is a 308`};
	},
};

const isPermanent = /(?:moved )?(?<!\b(?:not|non|never)[ -])permanent(?:ly)?/i;
