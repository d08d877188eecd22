import {asksForContinue} from '../expects-continue.ts';
import type {Message} from '../messages.ts';
import {broken, kept, type MessageRule, notObserved} from '../rule.ts';
import {rfc9110} from '../sources.ts';

/** An expectation that stays on a request whose content is gone keeps both sides waiting. */
export const noExpectationWithoutContent: MessageRule = {
	id: 'no-expectation-without-content',
	about: 'hop',
	sees: 'messages',
	level: 'must',
	statement: 'A client that follows without content does not expect 100 (Continue).',
	source: rfc9110(
		'10.1.1',
		'A client MUST NOT generate a 100-continue expectation in a request that does not include content.',
	),
	appliesTo: ({redirect, followUp: {request}}) =>
		request.httpVersion !== '1.0' &&
		(isExpecting(request) || (isExpecting(redirect.request) && request.content === 'none')),
	check({redirect, followUp: {request}}) {
		if (request.content !== 'none' || !isExpecting(request)) return kept;
		if (request.framing === 'chunked' || request.framing === 'frames') {
			return notObserved(
				'the content turned out to be empty, which a client that sends it piece by piece could not know',
			);
		}
		return broken(
			'no Expect',
			`Expect: 100-continue, and ${request.framing === 'none' ? 'no content' : 'Content-Length: 0'}`,
			isExpecting(redirect.request)
				? 'the content is gone, but the headers of the redirected request were kept by the client, or set by its caller for every request'
				: undefined,
		);
	},
};

function isExpecting({fields, headers}: Message): boolean {
	return fields.has('expect') && asksForContinue(headers);
}
