import {headerValues} from '../../http/header-lines.ts';
import {wasChallenged} from '../challenges.ts';
import {broken, type HopRule, kept, notObserved} from '../rule.ts';
import {rfc9110} from '../sources.ts';
import {isMadeOf, userinfoOf} from '../userinfo.ts';
import {shownUrl} from '../wire-text.ts';

/** Who follows, and leaves the userinfo alone, is taken to have kept it: the RFC would rather see an error. */
export const userinfoNotUsed: HopRule = {
	id: 'userinfo-not-used',
	about: 'hop',
	sees: 'journal',
	level: 'should',
	statement: 'A client makes no credentials of a user name and a password in the Location.',
	source: rfc9110(
		'4.2.4',
		'Before making use of an "http" or "https" URI reference received from an untrusted source, a recipient SHOULD parse for userinfo and treat its presence as an error',
	),
	appliesTo: ({redirect}) => userinfoOf(redirect.response.location?.documented ?? '') !== undefined,
	check({redirect, followUp}, surroundings) {
		const location = redirect.response?.location?.documented ?? '';
		const made = (headers: typeof followUp.request.headers) =>
			headerValues(headers, 'authorization').some(value => isMadeOf(location, value));
		if (!made(followUp.request.headers)) return kept;
		if (made(redirect.request.headers)) {
			return notObserved(
				"the redirected request had the same credential, so that it may be the caller's",
			);
		}
		const {origin} = followUp.request;
		if (wasChallenged(surroundings, origin, [redirect, followUp])) {
			return notObserved(`${shownUrl(origin)} had asked for credentials with a 401`);
		}
		return broken(
			`no Authorization made of the Location ${shownUrl(location)}`,
			'Authorization: Basic ***, with its user name and password',
			'the Location was taken for an address that the caller had typed in',
		);
	},
};
