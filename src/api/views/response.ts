import type {FromSchema} from 'json-schema-to-ts';
import type {InterimResponse, RecordedResponse, SentLocation} from '../../journal/exchange.ts';
import {headerLinesSchema, linesView, type Secrets, urlView, wireTextSchema} from './wire-text.ts';

const sentAt = {
	type: 'integer',
	description: "When it was handed to the connection, in milliseconds from the journal's start.",
} as const;

const locationSchema = {
	type: 'object',
	description: 'The Location in its forms; absent when the response has no such field.',
	properties: {
		documented: {...wireTextSchema, description: 'As the scenario has it, placeholders filled in.'},
		sent: {...wireTextSchema, description: 'As it went out.'},
		token: {type: 'string', description: 'The token in its query, where links are tagged.'},
		resolved: {
			type: 'object',
			description: 'Where the documented form leads; absent when it leads nowhere.',
			properties: {
				origin: {type: 'string', description: 'The canonical origin of the target.'},
				targets: {
					type: 'array',
					items: {type: 'string'},
					description: 'The request-targets that a client may send for it.',
				},
				fragment: {type: 'string', description: 'The fragment, with its `#`; absent for none.'},
			},
			required: ['origin', 'targets'],
			additionalProperties: false,
		},
	},
	required: ['documented', 'sent'],
	additionalProperties: false,
} as const;

export const responseSchema = {
	title: 'Response',
	type: 'object',
	description: 'What the double answered.',
	properties: {
		status: {type: 'integer', minimum: 100, maximum: 999},
		reason: {...wireTextSchema, description: 'The reason phrase as sent; empty on HTTP/2.'},
		headers: headerLinesSchema,
		bodySize: {
			type: 'integer',
			minimum: 0,
			description: 'Size of the content in bytes; absent when none was announced.',
		},
		location: locationSchema,
		route: {
			type: 'integer',
			minimum: 0,
			description:
				'The route that answered, from 0, of the scenario that was played then; absent when none did.',
		},
		afterwards: {
			enum: ['close', 'reset', 'stop-reading'],
			description:
				'What the scenario had become of the connection; absent where it was kept, or closed by a field alone.',
		},
		sentAt,
		complete: {type: 'boolean', description: 'Whether it went out to its end.'},
		fault: {
			enum: ['reset-before-head', 'reset-in-head', 'reset-after-head', 'truncated', 'garbage'],
			description: 'How the scenario broke it on purpose; absent when it did not.',
		},
	},
	required: ['status', 'reason', 'headers', 'sentAt', 'complete'],
	additionalProperties: false,
} as const;

export type ResponseView = FromSchema<typeof responseSchema>;

export const interimSchema = {
	title: 'InterimResponse',
	type: 'object',
	description: 'A response before the final one (RFC 9110, 15.2).',
	properties: {
		status: {type: 'integer', minimum: 100, maximum: 199},
		headers: headerLinesSchema,
		sentAt,
	},
	required: ['status', 'headers', 'sentAt'],
	additionalProperties: false,
} as const;

export type InterimView = FromSchema<typeof interimSchema>;

/** A response as data. */
export function responseView(response: RecordedResponse, secrets: Secrets): ResponseView {
	const {status, reason, headers, bodySize, location, route} = response;
	const {afterwards, complete, fault} = response;
	return {
		status,
		reason,
		headers: linesView(headers, secrets),
		...(bodySize !== undefined && {bodySize}),
		...(location && {location: locationView(location, secrets)}),
		...(route !== undefined && {route}),
		...(afterwards !== undefined && {afterwards}),
		sentAt: response.sentAt,
		complete,
		...(fault !== undefined && {fault}),
	};
}

/** An interim response as data. */
export function interimView(interim: InterimResponse, secrets: Secrets): InterimView {
	const {status, headers} = interim;
	return {status, headers: linesView(headers, secrets), sentAt: interim.sentAt};
}

function locationView({documented, sent, token, resolved}: SentLocation, secrets: Secrets) {
	return {
		documented: urlView(documented, secrets),
		sent: urlView(sent, secrets),
		...(token !== undefined && {token}),
		...(resolved && {
			resolved: {
				origin: urlView(resolved.origin, secrets),
				targets: resolved.targets.map(target => urlView(target, secrets)),
				...(resolved.fragment !== undefined && {
					fragment: urlView(resolved.fragment, secrets),
				}),
			},
		}),
	};
}
