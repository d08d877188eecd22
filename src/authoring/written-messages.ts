import {STATUS_CODES, validateHeaderName} from 'node:http';
import {type HeaderLine, type HeaderLines, headerValue} from '../http/header-lines.ts';
import {forbidsBody} from '../scenario/status.ts';
import {escapeLocation, escapeTemplate} from '../scenario/template.ts';
import type {ResponseInput, ScenarioInput} from '../scenario/types.ts';
import {type BodyMembers, bodyMembers} from './body-members.ts';
import type {DocumentedRequest, DocumentedResponse} from './documented-exchange.ts';
import type {Note} from './note.ts';

type CallInput = NonNullable<ScenarioInput['calls']>[number];

/** A request as a call. What a client makes by itself is left out: framing, and what names the client. */
export function callOf({method, url, headers, body}: DocumentedRequest, notes: Note[]): CallInput {
	const place = `${method} ${url}`;
	const written = bodyMembers(body, headerValue(headers, 'Content-Type'));
	noteSize(written.standsInFor, place, notes);
	const kept = keptLines(headers, madeByClients, place, notes);
	return {
		request: place,
		...headersMember(withoutImplied(kept, written.type), value => value),
		...written.members,
	};
}

/** A response as a route gives it; its framing is left to the double. */
export function responseOf(
	{status, reason, headers, body}: DocumentedResponse,
	url: string,
	notes: Note[],
): ResponseInput {
	const place = `the ${status} of ${url}`;
	const sent = forbidsBody(status) ? undefined : body;
	const written = bodyMembers(sent, headerValue(headers, 'Content-Type'));
	noteSize(written.standsInFor, place, notes);
	const kept = keptLines(headers, madeByServers, place, notes);
	const usual = reason === undefined || reason === '' || reason === STATUS_CODES[status];
	return {
		status: usual ? status : `${status} ${reason.replace(/[^\t\x20-\x7e]/g, '?')}`,
		...headersMember(withoutImplied(kept, written.type), (value, name) =>
			/^location$/i.test(name) ? escapeLocation(value) : escapeTemplate(value),
		),
		...escapedBody(written.members),
	};
}

/** Framing and connection belong to each message, and a decoded body has no coding any more. */
const framing =
	/^(?::.*|content-length|transfer-encoding|connection|keep-alive|proxy-connection|te|trailer|upgrade)$/i;
const madeByServers = /^(?:content-encoding|date|alt-svc)$/i;
const madeByClients =
	/^(?:host|user-agent|accept-encoding|accept-language|sec-.*|referer|origin|priority|pragma|cache-control|upgrade-insecure-requests|dnt|expect)$/i;

function keptLines(
	headers: HeaderLines,
	dropped: RegExp,
	place: string,
	notes: Note[],
): HeaderLine[] {
	return headers.filter(([name, value]) => {
		if (framing.test(name) || dropped.test(name)) return false;
		if (isFieldName(name) && isSendable(value)) return true;
		notes.push({
			place,
			message: `the field ${JSON.stringify(name)} was left out: it can't be sent`,
		});
		return false;
	});
}

function isFieldName(name: string): boolean {
	try {
		validateHeaderName(name);
		return true;
	} catch {
		return false;
	}
}

function isSendable(value: string): boolean {
	return /^[\t\x20-\x7e\x80-\ud7ff\ue000-\u{10ffff}]*$/u.test(value);
}

function withoutImplied(lines: HeaderLines, type: string | undefined): HeaderLines {
	return lines.filter(([name, value]) => !(/^content-type$/i.test(name) && value === type));
}

/** Names that differ in case only are one field: the first one's case counts. */
function headersMember(
	lines: HeaderLines,
	write: (value: string, name: string) => string,
): {headers?: Record<string, string | string[]>} {
	if (lines.length === 0) return {};
	const fields = new Map<string, {name: string; values: string[]}>();
	for (const [name, value] of lines) {
		const field = fields.get(name.toLowerCase()) ?? {name, values: []};
		field.values.push(write(value, name));
		fields.set(name.toLowerCase(), field);
	}
	const members = [...fields.values()].map(({name, values}): [string, string | string[]] => [
		name,
		values.length === 1 ? (values[0] ?? '') : values,
	]);
	return {headers: Object.fromEntries(members)};
}

/** What a response has as text or JSON may hold placeholders; this one has none. */
function escapedBody(members: BodyMembers): BodyMembers {
	const {json, text} = members;
	if (text !== undefined) return {...members, text: escapeTemplate(text)};
	return json === undefined ? members : {...members, json: escapedJson(json)};
}

function escapedJson(value: unknown): unknown {
	if (typeof value === 'string') return escapeTemplate(value);
	if (Array.isArray(value)) return value.map(escapedJson);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, escapedJson(each)]));
}

function noteSize(size: number | undefined, place: string, notes: Note[]): void {
	if (size === undefined) return;
	const message = `its body of ${size} bytes is too large for a file that people read: one of that size, of "x", stands in its place`;
	notes.push({place, message});
}
