import type {HeaderLine, HeaderLines} from '../http/header-lines.ts';
import {compileBody} from './compile-body.ts';
import type {CompiledFault, CompiledResponse, PathParameters} from './compiled.ts';
import type {PathParameter} from './path-pattern.ts';
import {parseStatus} from './status.ts';
import {fillTemplate, isConstant, parseTemplate, type TemplatePart} from './template.ts';
import type {Response} from './types.ts';

/**
 * Compiles one response for a route with these path parameters. A response without `times` is given
 * for ever, one without `weight` has one part of the traffic, one without `delay` is sent at once.
 */
export function compileResponse(
	response: Response,
	parameters: readonly PathParameter[],
	folder: string | undefined,
): CompiledResponse {
	const {code, reason} = parseStatus(response.status);
	const {times = Number.POSITIVE_INFINITY, weight = 1, delay = 0, switchTo} = response;
	return {
		status: code,
		...(reason !== undefined && {reason}),
		times,
		weight,
		delay,
		answerAfter: bytesAwaited(response.answer),
		afterwards: response.afterwards,
		...(response.continue !== undefined && {expectation: response.continue}),
		interim: (response.interim ?? []).map(({status, headers}) => ({
			status,
			headers: compileHeaders(headers, parameters),
		})),
		pace: {
			bodyDelay: response.bodyDelay ?? 0,
			bytesPerSecond: response.bytesPerSecond ?? Number.POSITIVE_INFINITY,
			packetSize: response.packetSize ?? Number.POSITIVE_INFINITY,
		},
		...(response.fault !== undefined && {fault: compileFault(response.fault)}),
		...(switchTo !== undefined && {switchTo}),
		headers: compileHeaders(response.headers, parameters),
		body: compileBody(response, parameters, folder),
	};
}

function bytesAwaited(answer: Response['answer']): number {
	if (answer === 'before-body') return 0;
	return typeof answer === 'object' ? answer.afterBytes : Number.POSITIVE_INFINITY;
}

function compileFault(fault: NonNullable<Response['fault']>): CompiledFault {
	if (typeof fault === 'string') return {kind: fault};
	if ('truncateAfter' in fault) return {kind: 'truncated', after: fault.truncateAfter};
	return {kind: 'garbage', bytes: Buffer.from(fault.garbage, 'utf8')};
}

interface HeaderTemplate {
	readonly name: string;
	readonly value: readonly TemplatePart[];
}

function compileHeaders(
	headers: Response['headers'],
	parameters: readonly PathParameter[],
): (parameters: PathParameters) => HeaderLines {
	const templates = headerLines(headers).map(([name, value]) => ({
		name,
		value: parseTemplate(value, parameters).map(wireText),
	}));
	const fill = (values: PathParameters): HeaderLines =>
		templates.map(({name, value}: HeaderTemplate) => [name, fillTemplate(value, values)]);
	if (!templates.every(({value}) => isConstant(value))) return fill;
	const lines = fill({});
	return () => lines;
}

/**
 * Node sends each character of a field value as one byte, so text goes out in UTF-8 as one character
 * for each byte. What a parameter brings has that form already.
 */
function wireText(part: TemplatePart): TemplatePart {
	return typeof part === 'string' ? Buffer.from(part, 'utf8').toString('latin1') : part;
}

/** The lines of a `headers` object in order and case as written; a list makes one line each. */
export function headerLines(headers: Response['headers']): HeaderLine[] {
	return Object.entries(headers ?? {}).flatMap(([name, value]) => {
		const values = Array.isArray(value) ? value : [value];
		return values.map((each): HeaderLine => [name, String(each)]);
	});
}
