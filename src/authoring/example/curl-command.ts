import type {HeaderLine} from '../../http/header-lines.ts';
import type {Note} from '../note.ts';
import type {ExampleRequest} from './example-message.ts';
import {shellWords} from './shell-words.ts';

/** The request that a curl command line sends first; undefined when no URL is in it. */
export function readCurlCommand(command: string, notes: Note[]): ExampleRequest | undefined {
	const [, ...words] = shellWords(straightQuotes(command));
	const asked: Asked = {headers: [], data: []};
	for (let at = 0; at < words.length; at += 1) {
		const word = words[at] ?? '';
		const [, long, joined] = /^(--[\w-]+)=([\s\S]*)$/.exec(word) ?? [];
		const [, short = '', attached = ''] = /^(-[XHdFuTbAe])([\s\S]+)$/.exec(word) ?? [];
		const name = long ?? (short || word);
		const takesValue = withValue.has(name);
		const value = joined ?? (short === '' ? undefined : attached);
		if (takesValue) take(asked, name, value ?? words[++at] ?? '', notes);
		else if (!word.startsWith('-')) asked.url ??= word;
		else if (/^(?:--head|-[a-zA-Z]*I)/.test(word)) asked.method ??= 'HEAD';
		else if (/^(?:--get|-G)$/.test(word)) asked.asQuery = true;
	}
	return requestOf(asked);
}

interface Asked {
	url?: string;
	method?: string;
	asQuery?: boolean;
	readonly headers: HeaderLine[];
	readonly data: string[];
}

const withValue = new Set(
	'-X --request -H --header -d --data --data-raw --data-ascii --data-binary --data-urlencode --json --url -u --user -A --user-agent -e --referer -b --cookie -F --form -T --upload-file -o --output -w --write-out -x --proxy --max-redirs -m --max-time --connect-timeout --cacert --cert --key --resolve'.split(
		' ',
	),
);

function take(asked: Asked, name: string, value: string, notes: Note[]): void {
	if (/^(?:-X|--request)$/.test(name)) asked.method = value;
	else if (name === '--url') asked.url = value;
	else if (/^(?:-H|--header)$/.test(name)) asked.headers.push(...headerOf(value));
	else if (/^(?:-b|--cookie)$/.test(name)) asked.headers.push(['Cookie', value]);
	else if (/^(?:-u|--user)$/.test(name))
		asked.headers.push(['Authorization', `Basic ${Buffer.from(value).toString('base64')}`]);
	else if (/^(?:-d|--data|--json)/.test(name)) takeData(asked, name, value, notes);
	else if (/^(?:-F|--form|-T|--upload-file)$/.test(name)) {
		asked.method ??= /^(?:-T|--up)/.test(name) ? 'PUT' : 'POST';
		const message = `${name} ${value}: the file is not here, so the call has no body; give it one`;
		notes.push({place: 'the curl command', message});
	}
}

function takeData(asked: Asked, name: string, value: string, notes: Note[]): void {
	const isFile = value.startsWith('@') && name !== '--data-raw';
	if (isFile) {
		const message = `${name} ${value}: the file is not here, so the call has no body; give it one`;
		notes.push({place: 'the curl command', message});
	}
	if (name === '--json')
		asked.headers.push(['Content-Type', 'application/json'], ['Accept', 'application/json']);
	if (!isFile) asked.data.push(name === '--data-urlencode' ? encoded(value) : value);
	asked.method ??= asked.asQuery ? 'GET' : 'POST';
}

function encoded(value: string): string {
	const [, name = '', content = ''] = /^(?:([^=]*=))?([\s\S]*)$/.exec(value) ?? [];
	return name + encodeURIComponent(content);
}

function headerOf(value: string): HeaderLine[] {
	const [, name, content = ''] = /^([^:;]+)[:;]\s*([\s\S]*)$/.exec(value) ?? [];
	return name === undefined ? [] : [[name.trim(), content.trim()]];
}

function requestOf({url, method, headers, data, asQuery}: Asked): ExampleRequest | undefined {
	if (url === undefined) return undefined;
	const content = data.join('&');
	if (asQuery === true && content !== '')
		return {
			method: method ?? 'GET',
			target: `${url}${url.includes('?') ? '&' : '?'}${content}`,
			headers,
		};
	const typed = headers.some(([name]) => /^content-type$/i.test(name));
	const form: HeaderLine[] = content === '' || typed ? [] : [formType];
	return {
		method: method ?? 'GET',
		target: url,
		headers: [...headers, ...form],
		...(content !== '' && {body: {text: content}}),
	};
}

/** What curl calls a body of which it is told no type. */
const formType: HeaderLine = ['Content-Type', 'application/x-www-form-urlencoded'];

/** Word processors and web pages turn quotes and hyphens into others, which no shell knows. */
function straightQuotes(command: string): string {
	return command
		.replace(/[\u2018\u2019]/g, "'")
		.replace(/[\u201c\u201d]/g, '"')
		.replace(/(^|\s)[\u2013\u2014](?=\w)/g, '$1--');
}
