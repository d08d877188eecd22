import {STATUS_CODES} from 'node:http';
import type {HeaderLine} from '../../http/header-lines.ts';
import {knownMethods} from '../../http/methods.ts';
import type {Note} from '../note.ts';
import {readCurlCommand} from './curl-command.ts';
import type {ExampleMessage} from './example-message.ts';

/** What an example text has in it. */
export interface ExampleText {
	readonly messages: readonly ExampleMessage[];
	/** The heading that stands before the first message; absent for none. */
	readonly heading?: string;
}

/**
 * Reads the HTTP messages in a text: as they go over the wire, with absolute URLs or without versions as
 * documentation writes them, in Markdown, as curl's command lines, and as what `curl -v` and `curl -i` tell.
 */
export function readMessages(text: string, notes: Note[]): ExampleText {
	const reader = new Reader(notes);
	for (const line of plainLines(text)) reader.take(line);
	return reader.end();
}

/** Lines without the marks of other systems: CR, BOM, spaces that are none of ASCII, hidden characters. */
function plainLines(text: string): string[] {
	return text
		.replace(/[\u200b-\u200d\u2060\ufeff]/g, '')
		.replace(/[\u00a0\u2000-\u200a\u202f\u3000]/g, ' ')
		.replace(/\r\n?|\u2028|\u2029/g, '\n')
		.split('\n');
}

type Draft = {
	readonly first: {method: string; target: string} | {status: number; reason?: string};
	readonly headers: HeaderLine[];
	readonly body: string[];
	inBody: boolean;
	/** Whether curl's marks stand before its lines: what has none is its body. */
	readonly marked: boolean;
};

const requestLine = /^([A-Z]+) (\S+)(?: (HTTP\/[\d.]+))?$/;
const statusLine = /^(HTTP\/[\d.]+ )?([1-9]\d\d)(?:[ \t]+(\S.*))?$/;
const commandLine = /^(?:[$#%] ?)?(curl\s[\s\S]*)$/;

class Reader {
	readonly #messages: ExampleMessage[] = [];
	readonly #notes: Note[];
	#heading: string | undefined;
	#draft: Draft | undefined;
	#command: string | undefined;
	#fenced = false;

	constructor(notes: Note[]) {
		this.#notes = notes;
	}

	take(line: string): void {
		const plain = line.trim();
		const command = commandLine.exec(plain)?.[1];
		if (this.#command !== undefined) this.#continueCommand(line);
		else if (/^\s*(?:```|~~~)/.test(line)) this.#fence();
		else if (command !== undefined) this.#beginCommand(command);
		else if (!this.#takeTold(line) && !this.#takeProse(plain) && !this.#begin(plain, false))
			this.#continue(line);
	}

	/** What `curl -v` tells: of itself, of what it sent and of what came. */
	#takeTold(line: string): boolean {
		if (/^[*{}] (?:\S|\s*\[)/.test(line) && this.#isMarked()) return true;
		const [, mark, content = ''] = /^([<>])(?: (.*)|$)/.exec(line) ?? [];
		return mark !== undefined && this.#takeMarked(content.trimEnd());
	}

	end(): ExampleText {
		this.#finish();
		if (this.#command !== undefined) this.#endCommand();
		return {
			messages: this.#messages,
			...(this.#heading !== undefined && {heading: this.#heading}),
		};
	}

	#isMarked(): boolean {
		return this.#draft?.marked ?? this.#messages.at(-1)?.kind === 'command';
	}

	#fence(): void {
		this.#finish();
		this.#fenced = !this.#fenced;
	}

	/** A line of `curl -v`. */
	#takeMarked(content: string): boolean {
		if (this.#begin(content, true)) return true;
		if (this.#draft?.marked !== true || this.#draft.inBody) return false;
		if (content === '') this.#draft.inBody = true;
		else this.#addHeader(content);
		return true;
	}

	/** Headings and labels such as "**Response:**" stand between messages. */
	#takeProse(line: string): boolean {
		if (this.#fenced) return false;
		const heading = /^#{1,6} +(\S.*?)(?: +#+)?$/.exec(line)?.[1];
		const isLabel = /^[*_#\s]*(?:request|response|example|follow-up|then)s?[\s\w]*:?[*_]*:?$/i.test(
			line,
		);
		if (heading === undefined && !isLabel) return false;
		this.#finish();
		if (heading !== undefined && !isLabel && this.#messages.length === 0) this.#heading = heading;
		return true;
	}

	#begin(line: string, marked: boolean): boolean {
		const first = requestOf(line) ?? statusOf(line, this.#awaitsResponse());
		if (first === undefined) return false;
		const isBare = !line.includes('HTTP/');
		const insideHead = this.#draft !== undefined && !this.#draft.inBody && 'status' in first;
		if (isBare && insideHead && this.#draft && this.#draft.headers.length > 0) return false;
		this.#finish();
		this.#draft = {first, headers: [], body: [], inBody: false, marked};
		return true;
	}

	#awaitsResponse(): boolean {
		if (this.#draft !== undefined) return 'method' in this.#draft.first;
		return this.#messages.at(-1)?.kind !== 'response' && this.#messages.length > 0;
	}

	#continue(line: string): void {
		const draft = this.#draft;
		if (draft === undefined) return;
		if (draft.marked && !draft.inBody) return;
		if (draft.inBody) {
			if (!isProgress(line)) draft.body.push(line);
		} else if (line.trim() === '') draft.inBody = true;
		else this.#addHeader(line);
	}

	#addHeader(line: string): void {
		const [, name, value = ''] = /^\s*([^\s:]+):[ \t]*(.*?)\s*$/.exec(line) ?? [];
		if (name !== undefined) this.#draft?.headers.push([name, value]);
		else if (this.#draft) {
			// A body may stand right behind the head, as people write it.
			this.#draft.inBody = true;
			this.#draft.body.push(line);
		}
	}

	#beginCommand(command: string): void {
		this.#finish();
		this.#command = command;
		if (!isOpen(command)) this.#endCommand();
	}

	#continueCommand(line: string): void {
		this.#command = `${this.#command}\n${line.replace(/^> /, '')}`;
		if (!isOpen(this.#command)) this.#endCommand();
	}

	#endCommand(): void {
		const request = readCurlCommand(this.#command ?? '', this.#notes);
		this.#command = undefined;
		if (request) this.#messages.push({kind: 'command', request});
	}

	#finish(): void {
		const draft = this.#draft;
		this.#draft = undefined;
		if (draft === undefined) return;
		const {first, headers} = draft;
		const text = draft.body.join('\n').replace(/^\n+|\s+$/g, '');
		const body = text === '' ? {} : {body: {text}};
		this.#messages.push(
			'method' in first
				? {kind: 'request', request: {...first, headers, ...body}}
				: {kind: 'response', response: {...first, headers, ...body}},
		);
	}
}

/** Whether a command goes on in the next line: after a backslash, or inside quotes. */
function isOpen(command: string): boolean {
	const rest = command.replace(/\\[\s\S]|'[^']*'|"(?:[^"\\]|\\[\s\S])*"/g, '');
	return /\\\s*$/.test(command) || /['"]/.test(rest);
}

function requestOf(line: string): {method: string; target: string} | undefined {
	const [, method = '', target = '', version] = requestLine.exec(line) ?? [];
	const isUrl = /^(?:\/|https?:\/\/|[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:\/|$))/i.test(target);
	if (version === undefined && !knownMethods.includes(method)) return undefined;
	return version !== undefined || isUrl ? {method, target} : undefined;
}

/** Without a version, only what is a status with its usual words, where a response is due. */
function statusOf(line: string, isDue: boolean): {status: number; reason?: string} | undefined {
	const [, version, code, reason] = statusLine.exec(line) ?? [];
	if (code === undefined) return undefined;
	const usual = STATUS_CODES[code]?.toLowerCase();
	const isUsual = reason === undefined ? code.startsWith('3') : reason.toLowerCase() === usual;
	if (version === undefined && !(isDue && isUsual)) return undefined;
	return {status: Number(code), ...(reason !== undefined && {reason})};
}

/** What curl tells of its progress, among the lines of a body. */
function isProgress(line: string): boolean {
	return /^\s*(?:% Total|Dload\s|\d+\s.*--:--:--|[{}] \[\d+ bytes data\])/.test(line);
}
