import {isFollowed} from '../../journal/hop.ts';
import {carrierName, promisedLength} from '../message-facts.ts';
import {broken, kept, notObserved, type RedirectRule} from '../rule.ts';
import {rfc9112} from '../sources.ts';
import {bytesOfTotal} from '../wire-text.ts';

/** The passage has SHOULD for error responses; which kind an answer is, only a client that reads it can tell. */
export const earlyAnswerNoticed: RedirectRule = {
	id: 'early-answer-noticed',
	about: 'redirect',
	level: 'de facto',
	statement:
		'A client that is answered before its body has ended finishes the body or gives it up, and does not hang.',
	source: rfc9112(
		'9.5',
		'A client sending a message body SHOULD monitor the network connection for an error response while it is transmitting the request.',
	),
	appliesTo: ({redirect}) => redirect.request.afterAnswer !== undefined,
	check(hop) {
		const {request} = hop.redirect;
		const {afterAnswer, body} = request;
		if (afterAnswer?.ending === undefined) return notObserved('the body is still on its way');
		if (afterAnswer.ending === 'cut') {
			return notObserved(
				`the double ended the ${carrierName(request)} before the client had decided`,
			);
		}
		const isLeft = afterAnswer.ending === 'silent' || afterAnswer.ending === 'hung';
		// Who follows has noticed; that the connection stays open with half a message harms nobody else.
		if (!isLeft || isFollowed(hop)) return kept;
		if (afterAnswer.ending === 'silent') {
			return notObserved(
				'the client sent nothing for two seconds, and did not leave: it may hang, or make its body slowly',
			);
		}
		return broken(
			'the rest of the body, or the end of the connection or stream',
			`neither, until the double read on; in all, ${bytesOfTotal(body.size, promisedLength(request))} of the body came`,
			'the client writes its whole body before it reads an answer, and waits for a server that reads no more',
		);
	},
};
