import {broken, type HopRule, kept} from '../rule.ts';
import {rfc9112} from '../sources.ts';
import {shownUrl} from '../wire-text.ts';

/** A fragment stays in the client, whether the Location or the original reference brought it. */
export const noFragmentSent: HopRule = {
	id: 'no-fragment-sent',
	about: 'hop',
	sees: 'journal',
	level: 'must',
	statement: 'A client keeps the fragment of the Location to itself.',
	source: rfc9112(
		'3.2.1',
		'a client MUST send only the absolute path and query components of the target URI as the request-target',
	),
	appliesTo: ({redirect, followUp}) =>
		redirect.response.location?.resolved?.fragment !== undefined || followUp.request.hasFragment,
	check({followUp}) {
		const {target} = followUp.request;
		const mark = target.indexOf('#');
		if (mark === -1) return kept;
		return broken(
			shownUrl(target.slice(0, mark)),
			shownUrl(target),
			'the Location was put into the request line as it was written, its fragment included',
		);
	},
};
