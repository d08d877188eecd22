import {headerValues} from '../http/header-lines.ts';
import {leadsTo, resolveLocation} from '../http/location.ts';
import type {Hop} from '../journal/hop.ts';

/**
 * Whether the follow-up of a hop went to the Location of an interim response, and not to where the
 * redirect leads: then it missed nothing, but was misled.
 */
export function followsInterim({redirect, followUp}: Pick<Hop, 'redirect' | 'followUp'>): boolean {
	const {interim, request, response} = redirect;
	if (interim === undefined || followUp === undefined) return false;
	const {url} = followUp.request;
	const leads = (resolved: ReturnType<typeof resolveLocation> | undefined): boolean =>
		typeof resolved === 'object' && leadsTo(resolved, url);
	if (leads(response?.location?.resolved)) return false;
	return interim
		.flatMap(({headers}) => headerValues(headers, 'location'))
		.some(location => leads(resolveLocation([location], request.url)));
}
