import type {IncomingMessage} from 'node:http';
import {parse} from 'content-type';
import {readJsonText} from '../scenario/json-text.ts';
import {Problem} from './problem.ts';

/** The text of a scenario in YAML, before it is read. */
export class YamlText {
	readonly text: string;

	constructor(text: string) {
		this.text = text;
	}
}

/** What kinds of content an operation takes, beside JSON. */
export interface ContentKind {
	/** Whether the text of a scenario in YAML may come in its place. */
	readonly yaml?: true;
	/** Whether it may be left out, which is the same as `{}`. */
	readonly optional?: true;
}

/** What a request may bring. */
export interface ContentLimits {
	/** Bytes. */
	readonly maxContent: number;
	/** Milliseconds in which all of it must have come. */
	readonly contentTimeout: number;
}

const json = 'application/json';
const yaml = 'application/yaml';

/**
 * The content of a request as data, before it is checked; `{}` where it may be left out and was.
 *
 * @throws Problem UNSUPPORTED_MEDIA_TYPE, CONTENT_TOO_LARGE, REQUEST_TIMEOUT or REQUEST_INVALID
 */
export async function readContent(
	request: IncomingMessage,
	{yaml: takesYaml, optional}: ContentKind,
	limits: ContentLimits,
): Promise<unknown> {
	const {headers} = request;
	const isEmpty = headers['content-length'] === '0' || !announcesContent(request);
	if (isEmpty && optional) return {};
	const type = mediaTypeOf(headers['content-type']);
	const types = takesYaml ? [json, yaml] : [json];
	const coding = headers['content-encoding'] ?? 'identity';
	if (!types.includes(type) || coding !== 'identity') throw notTaken(type, coding, types);
	const text = decode(await readBytes(request, limits));
	return type === yaml ? new YamlText(text) : dataOf(text);
}

function announcesContent({headers}: IncomingMessage): boolean {
	return headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
}

function mediaTypeOf(field: string | undefined): string {
	if (field === undefined) return 'no type';
	const {type, parameters} = parse(field);
	const charset = parameters['charset']?.toLowerCase() ?? 'utf-8';
	if (type === '') return 'no type';
	return charset === 'utf-8' ? type : `${type} in ${charset}`;
}

function notTaken(type: string, coding: string, types: readonly string[]): Problem {
	const found = coding === 'identity' ? type : `${type} with the coding "${coding}"`;
	return new Problem(
		'UNSUPPORTED_MEDIA_TYPE',
		`The content is of ${found}: expected ${types.join(' or ')}, in UTF-8 and without coding.`,
		{headers: {Accept: types.join(', '), 'Accept-Encoding': 'identity'}},
	);
}

function readBytes(
	request: IncomingMessage,
	{maxContent, contentTimeout}: ContentLimits,
): Promise<Buffer> {
	return new Promise((resolve, reject) => {
		const pieces: Buffer[] = [];
		let size = 0;
		const end = (problem?: Error) => {
			clearTimeout(timer);
			request.off('data', take).off('end', end).off('error', end).off('close', leave);
			if (problem === undefined) return resolve(Buffer.concat(pieces));
			// What still comes is thrown away, so that the client can read the answer.
			request.on('error', () => {}).resume();
			reject(problem);
		};
		const take = (piece: Buffer) => {
			pieces.push(piece);
			size += piece.length;
			if (size > maxContent) end(tooLarge(maxContent));
		};
		const leave = () => end(new Problem('REQUEST_INVALID', 'The client left.'));
		const timer = setTimeout(() => end(tooSlow(contentTimeout)), contentTimeout);
		if (Number(request.headers['content-length'] ?? 0) > maxContent)
			return end(tooLarge(maxContent));
		request.on('data', take).on('end', () => end());
		request.on('error', leave).on('close', leave);
	});
}

function tooLarge(maxContent: number): Problem {
	return new Problem('CONTENT_TOO_LARGE', `The content has more than ${maxContent} bytes.`);
}

function tooSlow(timeout: number): Problem {
	const detail = `The content had not come whole after ${timeout} ms.`;
	return new Problem('REQUEST_TIMEOUT', detail, {headers: {Connection: 'close'}});
}

function decode(bytes: Buffer): string {
	try {
		return new TextDecoder('utf-8', {fatal: true}).decode(bytes);
	} catch (cause) {
		throw new Problem('REQUEST_INVALID', 'The content is not in UTF-8.', {cause});
	}
}

/** So deep nothing is that anybody wrote; what reads it deeper down would run out of stack. */
const maxDepth = 64;

function assertFlat(text: string): void {
	let depth = 0;
	for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/g)) {
		if (token === '[' || token === '{') depth++;
		else if (token === ']' || token === '}') depth--;
		if (depth > maxDepth)
			throw new Problem('REQUEST_INVALID', `The content is nested more than ${maxDepth} deep.`);
	}
}

function dataOf(text: string): unknown {
	assertFlat(text);
	const read = readJsonText(text);
	if ('data' in read) {
		const [twice] = read.duplicates;
		if (twice === undefined) return read.data;
		const message = `"${twice.name}" stands twice in the same object`;
		throw new Problem('REQUEST_INVALID', `There is a fault in the content: ${message}.`, {
			faults: [{path: twice.path, message}],
		});
	}
	const place = `line ${read.line}, column ${read.column}`;
	throw new Problem('REQUEST_INVALID', `The content can't be read: ${read.message} (${place}).`, {
		faults: [{path: '', ...read}],
	});
}
