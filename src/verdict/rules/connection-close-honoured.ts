import type {Exchange} from '../../journal/exchange.ts';
import {broken, type HopRule, kept, notObserved} from '../rule.ts';
import {rfc9112} from '../sources.ts';

/** Of the follow-up alone it is known that it was not on its way before the answer was read. */
export const connectionCloseHonoured: HopRule = {
	id: 'connection-close-honoured',
	about: 'hop',
	sees: 'journal',
	level: 'must',
	statement: 'A client that is told that the connection will be closed follows on another one.',
	source: rfc9112(
		'9.6',
		'A client that receives a "close" connection option MUST cease sending requests on that connection and close the connection after reading the response message containing the "close" connection option',
	),
	appliesTo: ({redirect, followUp}) =>
		redirect.response.closes &&
		redirect.request.httpVersion === '1.1' &&
		followUp.request.httpVersion === '1.1',
	check({redirect, followUp}) {
		if (redirect.connection.door === 'proxy' && redirect.connection.tunnel === undefined) {
			return notObserved('the connection is that to the proxy, and not to the server that closes');
		}
		if (redirect.connection.number === followUp.connection.number) {
			return broken(
				'another connection',
				`request ${followUp.connection.exchange} on the same connection`,
				'the client put the connection back among those that are free, and did not look at Connection: close',
			);
		}
		if (redirect.response?.fault !== undefined || isLeftUnread(redirect)) {
			return notObserved('the double did not read on, so that nothing more could come on it');
		}
		return kept;
	},
};

/** Whether the double broke the connection off, or read no more of it. */
function isLeftUnread({response}: Exchange): boolean {
	return response?.afterwards === 'reset' || response?.afterwards === 'stop-reading';
}
