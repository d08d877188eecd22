import {realpathSync, statSync} from 'node:fs';
import {isAbsolute, relative, resolve, sep} from 'node:path';
import {listNames} from '../json-words.ts';
import type {LoadedScenario} from '../loaded.ts';
import {pointerTo} from '../pointer.ts';
import type {Fault} from '../positions.ts';
import {allResponses} from '../responses-of.ts';
import {forbidsBody, parseStatus} from '../status.ts';
import type {Call, Response} from '../types.ts';
import {base64Fault} from './base64.ts';

/** A message has one body at most, none where its status forbids it, and a file that can be sent. */
export function checkBodies({scenario, folder}: LoadedScenario): Fault[] {
	const responses = allResponses(scenario).flatMap(({response, path}) => [
		...bodyOfMessage(response, path, folder),
		...forbiddenBody(response, path),
	]);
	const calls = scenario.calls.flatMap((call, index) => {
		const path = pointerTo('calls', index);
		return [...bodyOfMessage(call, path, folder), ...idleStream(call, path)];
	});
	return [...responses, ...calls];
}

/** What is wrong with the body of one message, wherever it stands. */
export function bodyOfMessage(
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
		...repeatFaults(message, `${path}/repeat`),
	];
}

/** So much is kept in memory for as long as the scenario is played. */
const largestRepeated = 64 * 1024 * 1024;

function repeatFaults({repeat, text, base64}: Response | Call, path: string): Fault[] {
	if (repeat === undefined) return [];
	const body = text === undefined ? base64 && Buffer.from(base64, 'base64') : Buffer.from(text);
	if (body === undefined || body.length === 0) {
		const message =
			'"repeat" has no effect: it is for a body as "text" or "base64", and there is none; leave it out';
		return [{path, message}];
	}
	const most = Math.floor(largestRepeated / body.length);
	if (repeat <= most) return [];
	const message = `expected ${most} times at the most, which make 64 MiB of these ${body.length} bytes, found ${repeat}`;
	return [{path, message}];
}

function idleStream(call: Call, path: string): Fault[] {
	if (call.stream !== true || bodyKinds(call).length > 0) return [];
	const message = '"stream" has no effect: the call has no body; give it one, or leave this out';
	return [{path: `${path}/stream`, message}];
}

function bodyKinds(message: Response | Call): string[] {
	return (['json', 'text', 'base64', 'file'] as const).filter(kind => message[kind] !== undefined);
}

function forbiddenBody(response: Response, path: string): Fault[] {
	const {code} = parseStatus(response.status);
	const [kind] = bodyKinds(response);
	if (kind === undefined || !forbidsBody(code)) return [];
	return [
		{path: `${path}/${kind}`, message: `a ${code} response has no body: leave "${kind}" out`},
	];
}

function fileFault(file: string, path: string, folder: string | undefined): Fault[] {
	if (folder === undefined) {
		const message = `the file "${file}" is not read: only a scenario that is read from a file itself can name files, which stand beside it; use "text" or "base64"`;
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
