import {type HeaderLines, headerValue} from '../http/header-lines.ts';
import {fieldsOf} from '../verdict/fields.ts';
import {shownValue} from '../verdict/wire-text.ts';

/**
 * The fields that a client was given and did not send, each as `Name: value`, and as
 * `Name: value (it sent: value)` when it came with another one; secrets are masked. What a client may
 * have to decide by itself is left out.
 *
 * @param hasContent whether the call has a body: without one, clients leave out what describes it
 */
export function lostHeaders(
	given: HeaderLines,
	sent: HeaderLines,
	hasContent: boolean,
): readonly string[] {
	const lost: string[] = [];
	for (const [key, {name, value}] of fieldsOf(given)) {
		// To many clients an empty value means that the field is not to be sent.
		if (value === '' || isClientsOwn(key) || (!hasContent && key.startsWith('content-'))) continue;
		const came = headerValue(sent, name);
		if (came !== undefined && holds(key, came, given)) continue;
		const also = came === undefined ? '' : ` (it sent: ${shownValue(name, came)})`;
		lost.push(`${name}: ${shownValue(name, value)}${also}`);
	}
	return lost;
}

/** Whether each value that was given is in what came: lines may be joined, and the client may add values. */
function holds(key: string, came: string, given: HeaderLines): boolean {
	const all = `,${plain(key, came)},`;
	return given.every(
		([name, value]) => name.toLowerCase() !== key || all.includes(`,${plain(key, value)},`),
	);
}

/** Without the blanks that mean nothing, and for a media type without case: clients write it anew. */
function plain(key: string, value: string): string {
	const bare = value.trim().replace(/\s*([,;])\s*/g, '$1');
	return key === 'content-type' ? bare.toLowerCase() : bare;
}

function isClientsOwn(key: string): boolean {
	return clientsOwn.has(key) || key.startsWith('proxy-') || key.startsWith('sec-');
}

/** What no caller of fetch can set (Fetch Standard, forbidden request-header), and who the client says it is. */
const clientsOwn: ReadonlySet<string> = new Set([
	'accept-charset',
	'accept-encoding',
	'access-control-request-headers',
	'access-control-request-method',
	'connection',
	'content-length',
	'cookie',
	'cookie2',
	'date',
	'dnt',
	'expect',
	'host',
	'keep-alive',
	'origin',
	'referer',
	'set-cookie',
	'te',
	'trailer',
	'transfer-encoding',
	'upgrade',
	'user-agent',
	'via',
]);
