import {headerValue} from '../http/header-lines.ts';
import {splitOrigin} from '../http/origin.ts';
import type {Exchange, RecordedRequest} from '../journal/exchange.ts';
import {bodyContent} from './body-content.ts';
import {cookiesIn, fieldsIn, type HarManner, queryIn} from './har-fields.ts';
import {urlIn, valueIn} from './secrets.ts';

/** The request of an entry. The size of its head is unknown: which white space stood in it was not recorded. */
export async function requestIn({request}: Exchange, manner: HarManner): Promise<object> {
	const {method, url, headers, body} = request;
	const postData = await postDataOf(request, manner);
	return {
		method,
		url: absoluteUrl(request, manner),
		httpVersion: versionOf(request),
		cookies: cookiesIn(headers, manner),
		headers: fieldsIn(headers, manner),
		queryString: queryIn(url, manner.secrets),
		...(postData && {postData}),
		headersSize: -1,
		bodySize: body.size,
	};
}

/** The protocol as its messages name it; HTTP/2 has no minor version (RFC 9113, 1). */
export function versionOf({httpVersion}: RecordedRequest): string {
	if (httpVersion === '') return 'unknown';
	return `HTTP/${httpVersion.replace(/^2\.0$/, '2')}`;
}

/**
 * An absolute URL without fragment, whatever was sent: a byte that no URL can carry is percent-encoded.
 * What named no URL has that of the place it came to; what was sent stands in `_followthrough.target`.
 */
function absoluteUrl({url, origin}: RecordedRequest, {secrets}: HarManner): string {
	const named = splitOrigin(url) === undefined ? `${origin}/` : url;
	return encoded(urlIn(named, secrets)).replace(/#.*/s, '');
}

function encoded(url: string): string {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: these are among what no URL carries
	return url.replace(/[\x00-\x20"<>\\^`{|}\x7f-\uffff]|%(?![\da-f]{2})/gi, sign =>
		Array.from(
			Buffer.from(sign, sign > '\xff' ? 'utf8' : 'latin1'),
			byte => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
		).join(''),
	);
}

/** Version 1.2 knows text alone; `_encoding` is what it has for the content of responses. */
async function postDataOf(
	request: RecordedRequest,
	{secrets, room}: HarManner,
): Promise<object | undefined> {
	const type = headerValue(request.headers, 'content-type') ?? '';
	const mimeType = valueIn('content-type', type, secrets);
	const content = await bodyContent(request, secrets, room);
	if (content.kind === 'none') return undefined;
	const posted = {mimeType, params: []};
	if (content.kind === 'text') return {...posted, text: content.text};
	if (content.kind === 'left out')
		return {...posted, text: '', comment: `The body is left out: ${content.why}.`};
	const text = Buffer.from(content.bytes).toString('base64');
	return {...posted, text, _encoding: 'base64'};
}
