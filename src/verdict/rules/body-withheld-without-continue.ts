import type {Exchange} from '../../journal/exchange.ts';
import {asksForContinue} from '../expects-continue.ts';
import {carrierName} from '../message-facts.ts';
import {broken, kept, notObserved, type RedirectRule} from '../rule.ts';
import {rfc9110} from '../sources.ts';
import {bytesInWords} from '../wire-text.ts';

/** The shortest wait for 100 that a common client has by default, in milliseconds: curl's and Go's. */
const usualWait = 1000;

/** A client may send without waiting (10.1.1), which looks the same: so this is a policy. */
export const bodyWithheldWithoutContinue: RedirectRule = {
	id: 'body-withheld-without-continue',
	about: 'redirect',
	level: 'policy',
	statement:
		'A client that expects 100 (Continue) and is redirected in its place keeps the body for the target.',
	source: rfc9110(
		'10.1.1',
		'This allows the client to wait for an indication that it is worthwhile to send the content before actually doing so, which can improve efficiency when the data is huge',
	),
	appliesTo: ({redirect}) => expectsContinue(redirect) && !gotContinue(redirect),
	check({redirect: {request, response}}) {
		const {afterAnswer, beganAt} = request;
		if (afterAnswer === undefined || afterAnswer.before > 0) {
			return notObserved('the client had begun its body before it was answered, as it may');
		}
		if (response !== undefined && response.sentAt - beganAt >= usualWait) {
			return notObserved(
				'the answer came so late that the client may have given up waiting for it',
			);
		}
		const {after, goesOnAt = beganAt, ending} = afterAnswer;
		if (goesOnAt - beganAt >= usualWait) {
			return notObserved(
				'the body came so late that the client may have given up waiting before it saw the answer',
			);
		}
		if (after > 0) {
			return broken(
				'no byte of the body',
				`${bytesInWords(after)} of the body, after the answer`,
				'the client does not wait for 100, or takes any answer for leave to go on',
			);
		}
		if (ending === undefined) return notObserved('the body may still come');
		if (ending === 'cut') {
			return notObserved(
				`the double ended the ${carrierName(request)} before the client had decided`,
			);
		}
		return kept;
	},
};

function expectsContinue({request}: Exchange): boolean {
	return (
		request.framing !== 'none' && request.httpVersion !== '1.0' && asksForContinue(request.headers)
	);
}

function gotContinue({interim = []}: Exchange): boolean {
	return interim.some(({status}) => status === 100);
}
