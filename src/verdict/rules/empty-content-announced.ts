import {broken, kept, type MessageRule, notObserved} from '../rule.ts';
import {rfc9110} from '../sources.ts';

/** What other methods mean by content, nobody has defined, or it need not be told that there is none. */
const withContent = new Set(['POST', 'PUT', 'PATCH', 'QUERY']);

/** HTTP/2 ends a stream with its head where there is no content, and needs no length for that. */
export const emptyContentAnnounced: MessageRule = {
	id: 'empty-content-announced',
	about: 'hop',
	sees: 'messages',
	level: 'should',
	statement: 'A client that follows with POST, PUT, PATCH or QUERY and no content says so.',
	source: rfc9110(
		'8.6',
		'A user agent SHOULD send Content-Length in a request when the method defines a meaning for enclosed content and it is not sending Transfer-Encoding.',
	),
	appliesTo: ({followUp: {request}}) =>
		request.content === 'none' && request.httpVersion === '1.1' && withContent.has(request.method),
	check({redirect, followUp: {request}}) {
		if (request.framing !== 'none') return kept;
		if (redirect.request.framing === 'none' && withContent.has(redirect.request.method)) {
			return notObserved(
				'the redirected request does not say so either: the client, or its caller, never does, whether there is a redirect or not',
			);
		}
		return broken(
			'Content-Length: 0',
			'neither Content-Length nor Transfer-Encoding',
			`the client, or its caller, has ${request.method} sent by code that knows of GET alone`,
		);
	},
};
