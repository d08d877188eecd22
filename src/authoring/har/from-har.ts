import {FollowthroughError} from '../../errors.ts';
import {isRedirectStatus} from '../../http/redirect-status.ts';
import type {Authored} from '../authored.ts';
import type {Note} from '../note.ts';
import {nameOfRedirect, titleOf} from '../scenario-name.ts';
import {findChains, scenarioOf} from '../scenario-of-exchanges.ts';
import {isObject, objectAt, textAt} from '../unknown-json.ts';
import {type HarExchange, readEntry} from './read-entry.ts';

/** A recording, read as JSON. */
export interface HarFile {
	/** As messages name it. */
	readonly file: string;
	readonly data: unknown;
}

export interface HarOptions {
	/** Takes requests that no redirect has to do with, too. */
	readonly all?: boolean;
	/** The scenario's name; after the first redirect unless told. */
	readonly name?: string;
}

/** Whether data is a recording, as far as its outermost members tell. */
export function isHar(data: unknown): boolean {
	return isObject(data) && isObject(data['log']);
}

/**
 * A scenario of the redirects in HTTP archives (HAR 1.1 and 1.2) with their follow-ups.
 *
 * @throws FollowthroughError SCENARIO_UNREADABLE for a file that is no such archive, has no entries, or
 *   no redirect
 */
export function fromHar(files: readonly HarFile[], {all = false, name}: HarOptions = {}): Authored {
	const notes: Note[] = [];
	const exchanges = files.flatMap(file => exchangesOf(file, notes));
	const chosen = all ? exchanges : redirected(exchanges, notes);
	const [first] = chosen;
	const names = files.map(({file}) => file).join(', ');
	if (first === undefined) {
		const few = all ? 'no entry that can be played' : 'no redirect';
		const advice = all || exchanges.length === 0 ? '' : '; --all takes the others, too';
		throw unreadable(
			`${names} has ${few}: ${exchanges.length} of its entries can be played${advice}`,
		);
	}
	const redirect = chosen.find(({response}) => isRedirectStatus(response.status)) ?? first;
	const {request, response} = redirect;
	const made = scenarioOf(chosen, {
		name: name ?? nameOfRedirect(request.url, response.status),
		title: isRedirectStatus(response.status)
			? titleOf(request.method, request.url, response.status)
			: `What ${names} has recorded`,
	});
	return {
		scenario: made.scenario,
		notes: [...notes, ...made.notes],
		comments: [`From ${names}${creatorOf(files)}.`],
	};
}

function exchangesOf({file, data}: HarFile, notes: Note[]): HarExchange[] {
	if (!isObject(data) || !isObject(data['log']))
		throw unreadable(`${file} is no HTTP archive: expected an object with the member "log"`);
	const log = objectAt(data, 'log');
	const version = textAt(log, 'version') ?? '1.1';
	if (!/^1\./.test(version))
		throw unreadable(
			`${file} is an HTTP archive of version ${version}: 1.1 and 1.2 are understood`,
		);
	const {entries} = log;
	if (!Array.isArray(entries) || entries.length === 0)
		throw unreadable(`${file} has no entries: nothing was recorded, or it was saved without them`);
	const read = entries.flatMap((entry: unknown, index) => {
		const place = `${file}, entry ${index + 1}`;
		return readEntry(entry, place, notes) ?? [];
	});
	// They need not be in order; a stable sort keeps those of the same time as they came.
	return read.sort((a, b) => timeOf(a) - timeOf(b));
}

function timeOf({started}: HarExchange): number {
	const time = Date.parse(started);
	return Number.isNaN(time) ? 0 : time;
}

/** Redirects, their follow-ups, and nothing else. */
function redirected(exchanges: readonly HarExchange[], notes: Note[]): HarExchange[] {
	const {followUps} = findChains(exchanges);
	const chosen = exchanges.filter(
		({response}, index) => isRedirectStatus(response.status) || followUps.has(index),
	);
	const others = exchanges.length - chosen.length;
	if (others > 0 && chosen.length > 0) {
		const what = others === 1 ? '1 request was' : `${others} requests were`;
		notes.push({
			message: `${what} left out: neither redirected nor a follow-up (--all takes them)`,
		});
	}
	return chosen;
}

function creatorOf(files: readonly HarFile[]): string {
	const creators = files.map(({data}) =>
		isObject(data) ? textAt(objectAt(objectAt(data, 'log'), 'creator'), 'name') : undefined,
	);
	const names = [...new Set(creators)].filter(name => name !== undefined && name !== '');
	return names.length === 0 ? '' : `, recorded by ${names.join(', ')}`;
}

function unreadable(message: string): FollowthroughError {
	return new FollowthroughError('SCENARIO_UNREADABLE', message);
}
