import {headerValue} from '../http/header-lines.ts';
import type {Exchange, RecordedResponse} from '../journal/exchange.ts';
import {sentWords} from '../journal/exchange-words.ts';
import {headCame} from '../verdict/message-facts.ts';
import {fieldsIn, type HarManner, setCookiesIn} from './har-fields.ts';
import {versionOf} from './har-request.ts';
import {urlIn, valueIn} from './secrets.ts';

/**
 * The response of an entry. A status of 0 stands for none, as browsers write it. The size of its head is
 * unknown: Node adds fields to it.
 */
export function responseIn({request, response}: Exchange, manner: HarManner): unknown {
	if (response === undefined) return {...noResponse, comment: 'There was no response.'};
	const {status, reason, headers, location, fault, bodySize = -1} = response;
	const words = fault && sentWords(response, `${status} ${reason}`.trimEnd());
	if (!headCame(response)) return {...noResponse, comment: words};
	const {secrets} = manner;
	return {
		status,
		statusText: reason,
		httpVersion: request.http2 === undefined ? 'HTTP/1.1' : versionOf(request),
		cookies: setCookiesIn(headers, manner),
		headers: fieldsIn(withDocumentedLocation(response), manner),
		content: {
			size: bodySize,
			mimeType: valueIn('content-type', headerValue(headers, 'content-type') ?? '', secrets),
			...(bodySize !== 0 && {comment: 'It was not recorded.'}),
		},
		redirectURL: location === undefined ? '' : urlIn(location.documented, secrets),
		headersSize: -1,
		bodySize,
		...(words !== undefined && {comment: words}),
	};
}

const noResponse = {
	status: 0,
	statusText: '',
	httpVersion: 'unknown',
	cookies: [],
	headers: [],
	content: {size: 0, mimeType: ''},
	redirectURL: '',
	headersSize: -1,
	bodySize: -1,
};

/** Its first Location as the scenario has it, without the token of its hop. */
function withDocumentedLocation({
	headers,
	location,
}: RecordedResponse): RecordedResponse['headers'] {
	if (location === undefined) return headers;
	return headers.map(([name, value]) =>
		name.toLowerCase() === 'location' && value === location.sent
			? [name, location.documented]
			: [name, value],
	);
}
