import {statSync} from 'node:fs';
import {extname, resolve} from 'node:path';
import type {PathParameters, ResponseBody} from './compiled.ts';
import type {PathParameter} from './path-pattern.ts';
import {
	decodeParameter,
	fillTemplate,
	isConstant,
	parseJsonTemplate,
	parseTemplate,
	type TemplatePart,
	writeInJson,
} from './template.ts';
import type {Response} from './types.ts';

type BodyMaker = (parameters: PathParameters) => ResponseBody;

/**
 * Makes the body of a response. Constant bytes are made once; placeholders in text and JSON are
 * filled in with the decoded text of the parameter.
 *
 * @param folder the scenario's folder, in which a `file` was found when the scenario was checked
 */
export function compileBody(
	response: Response,
	parameters: readonly PathParameter[],
	folder: string | undefined,
): BodyMaker {
	const {json, text, base64, file, repeat} = response;
	if (json !== undefined) {
		return fromTemplate(parseJsonTemplate(json, parameters), writeInJson, 'application/json');
	}
	if (text !== undefined) {
		const parts = parseTemplate(text, parameters);
		return fromTemplate(parts, decodeParameter, 'text/plain; charset=utf-8', repeat);
	}
	if (base64 !== undefined)
		return constant({content: repeated(Buffer.from(base64, 'base64'), repeat)});
	if (file !== undefined) return constant(fromFile(resolve(folder ?? '.', file)));
	return constant({content: new Uint8Array()});
}

/** The size of a response's body in bytes; undefined when parameters of the path make a part of it. */
export function constantSize(
	response: Response,
	parameters: readonly PathParameter[],
	folder: string | undefined,
): number | undefined {
	const {json, text} = response;
	const parts =
		json === undefined
			? parseTemplate(text ?? '', parameters)
			: parseJsonTemplate(json, parameters);
	if (!isConstant(parts)) return undefined;
	const {content} = compileBody(response, parameters, folder)({});
	return 'file' in content ? content.size : content.byteLength;
}

function constant(body: ResponseBody): BodyMaker {
	return () => body;
}

function fromTemplate(
	parts: readonly TemplatePart[],
	write: (raw: string) => string,
	type: string,
	repeat?: number,
): BodyMaker {
	const make: BodyMaker = parameters => ({
		content: repeated(Buffer.from(fillTemplate(parts, parameters, write), 'utf8'), repeat),
		type,
	});
	return isConstant(parts) ? constant(make({})) : make;
}

/** Bytes so many times over. */
export function repeated(bytes: Uint8Array, times = 1): Uint8Array {
	return times === 1 ? bytes : Buffer.concat(Array.from({length: times}, () => bytes));
}

function fromFile(file: string): ResponseBody {
	const type = typesByExtension[extname(file).toLowerCase()];
	return {content: {file, size: statSync(file).size}, ...(type !== undefined && {type})};
}

const typesByExtension: Readonly<Record<string, string>> = {
	'.css': 'text/css; charset=utf-8',
	'.csv': 'text/csv; charset=utf-8',
	'.gif': 'image/gif',
	'.html': 'text/html; charset=utf-8',
	'.jpeg': 'image/jpeg',
	'.jpg': 'image/jpeg',
	'.js': 'text/javascript; charset=utf-8',
	'.json': 'application/json',
	'.pdf': 'application/pdf',
	'.png': 'image/png',
	'.svg': 'image/svg+xml',
	'.txt': 'text/plain; charset=utf-8',
	'.webp': 'image/webp',
	'.xml': 'application/xml',
	'.zip': 'application/zip',
};
