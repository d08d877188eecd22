import {headerValue} from '../../http/header-lines.ts';
import {broken, type HopRule, kept, notObserved, type Outcome} from '../rule.ts';
import {rfc9110} from '../sources.ts';
import {userinfoOf} from '../userinfo.ts';
import {shownUrl} from '../wire-text.ts';

/** Whether there is a Referer, and of which address, is the client's choice; browsers follow a policy of their own. */
export const refererClean: HopRule = {
	id: 'referer-clean',
	about: 'hop',
	sees: 'journal',
	level: 'must',
	statement:
		'A client makes no Referer with userinfo or a fragment, and names nothing of https in plain http.',
	source: rfc9110(
		'10.1.3',
		'A user agent MUST NOT include the fragment and userinfo components of the URI reference [URI], if any, when generating the Referer field value. … A user agent MUST NOT send a Referer header field in an unsecured HTTP request if the referring resource was accessed with a secure protocol.',
	),
	appliesTo: ({followUp}) => followUp.request.fields.has('referer'),
	check({redirect, followUp}) {
		const referer = headerValue(followUp.request.headers, 'referer') ?? '';
		const isCopy = referer === headerValue(redirect.request.headers, 'referer');
		if (/^https:/i.test(referer) && followUp.connection.tls === undefined) {
			if (isCopy && redirect.connection.tls === undefined)
				return notObserved('the redirected request named an https address in plain http already');
			return headerValue(redirect.request.headers, 'sec-fetch-mode') === undefined
				? toldInTheClear(referer)
				: notObserved(ofThePage);
		}
		const clean = withoutSecrets(referer);
		if (clean === referer) return kept;
		if (isCopy) {
			return notObserved('the Referer of the redirected request was sent again, and not made here');
		}
		return broken(
			`Referer: ${shownUrl(clean)}`,
			`Referer: ${shownUrl(referer)}`,
			'the address of the redirected request was written out as the caller had given it',
		);
	},
};

const ofThePage =
	'a client of the Fetch Standard sends what the policy of its page allows, which may be all of it (unsafe-url)';

function toldInTheClear(referer: string): Outcome {
	return broken(
		'no Referer in plain http',
		`Referer: ${shownUrl(referer)}`,
		'the Referer is made, or copied, without a look at the scheme of the target',
	);
}

/** A Referer without its userinfo and its fragment. */
function withoutSecrets(referer: string): string {
	const bare = referer.split('#', 1)[0] ?? '';
	const userinfo = userinfoOf(bare);
	return userinfo === undefined ? bare : bare.replace(`${userinfo}@`, '');
}
