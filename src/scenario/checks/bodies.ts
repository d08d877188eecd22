import {realpathSync, statSync} from 'node:fs';
import {isAbsolute, relative, resolve, sep} from 'node:path';
import {listNames} from '../json-words.ts';
import type {LoadedScenario} from '../loaded.ts';
import {pointerTo} from '../pointer.ts';
import type {Fault} from '../positions.ts';
import {allResponses} from '../responses-of.ts';
import {parseStatus} from '../status.ts';
import type {Call, Response} from '../types.ts';

/** A message has one body at most, none where its status forbids it, and a file that can be sent. */
export function checkBodies({scenario, folder}: LoadedScenario): Fault[] {
	const responses = allResponses(scenario).flatMap(({response, path}) => [
		...bodyOfMessage(response, path, folder),
		...forbiddenBody(response, path),
	]);
	const calls = scenario.calls.flatMap((call, index) =>
		bodyOfMessage(call, pointerTo('calls', index), folder),
	);
	return [...responses, ...calls];
}

function bodyOfMessage(
	message: Response | Call,
	path: string,
	folder: string | undefined,
): Fault[] {
	const kinds = bodyKinds(message);
	const several = `has ${kinds.length} bodies (${listNames(kinds)}): expected one at most`;
	return [
		...(kinds.length > 1 ? [{path, message: several}] : []),
		...(message.base64 === undefined ? [] : base64Fault(message.base64, `${path}/base64`)),
		...(message.file === undefined ? [] : fileFault(message.file, `${path}/file`, folder)),
	];
}

function bodyKinds(message: Response | Call): string[] {
	return (['json', 'text', 'base64', 'file'] as const).filter(kind => message[kind] !== undefined);
}

/** RFC 4648, 4: one character is left over of a text that was cut, and holds no whole byte. */
function base64Fault(base64: string, path: string): Fault[] {
	const length = base64.replace(/[\s=]/g, '').length;
	if (length % 4 !== 1) return [];
	const message = `expected groups of four characters, with 2 or 3 in the last: found ${length} characters, the last one alone`;
	return [{path, message}];
}

/** RFC 9110, 15.3.5, 15.3.6 and 15.4.5. */
function forbiddenBody(response: Response, path: string): Fault[] {
	const {code} = parseStatus(response.status);
	const [kind] = bodyKinds(response);
	if (kind === undefined || ![204, 205, 304].includes(code)) return [];
	return [
		{path: `${path}/${kind}`, message: `a ${code} response has no body: leave "${kind}" out`},
	];
}

function fileFault(file: string, path: string, folder: string | undefined): Fault[] {
	if (folder === undefined) {
		const message = `the file "${file}" can't be found: the scenario came as an object and has no folder; give its path to a scenario file, or use "text" or "base64"`;
		return [{path, message}];
	}
	const absolute = resolve(folder, file);
	if (isAbsolute(file) || leadsOutside(absolute, folder)) return [{path, message: outside(file)}];
	const stats = statSync(absolute, {throwIfNoEntry: false});
	if (stats === undefined) {
		return [{path, message: `there is no file "${file}" in the scenario's folder`}];
	}
	if (!stats.isFile()) return [{path, message: `"${file}" is no file`}];
	return leadsOutside(realpathSync(absolute), realpathSync(folder))
		? [{path, message: outside(file)}]
		: [];
}

function leadsOutside(file: string, folder: string): boolean {
	const way = relative(folder, file);
	return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way);
}

function outside(file: string): string {
	return `"${file}" leads outside the scenario's folder: expected a file beside the scenario or in a folder below it`;
}
