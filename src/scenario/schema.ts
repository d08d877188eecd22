/**
 * The one definition of a scenario file. Types come from it (types.ts), validation (validate.ts),
 * the editors' scenario.schema.json and the reference page.
 *
 * Shared parts are written once as constants and stand in the schema in full, because
 * json-schema-to-ts derives types from what it sees and follows no `$ref` inside a schema.
 */

import {requestLine, requestMatcher} from './schema/request.ts';
import {responseSchema} from './schema/response.ts';
import {bodyProperties, name, requestHeaders} from './schema/shared.ts';

export const routeSchema = {
	type: 'object',
	properties: {
		request: {anyOf: [requestLine, requestMatcher]},
		phase: {
			description: 'The phase, or the phases, in which this route answers; without it, in all.',
			anyOf: [name, {type: 'array', items: name, minItems: 1}],
		},
		response: responseSchema,
		responses: {
			type: 'array',
			minItems: 1,
			items: responseSchema,
			description: 'A sequence (with `times`), or shares of traffic (with `weight`).',
		},
	},
	required: ['request'],
	additionalProperties: false,
} as const;

const callSchema = {
	type: 'object',
	description: 'A request that a client is asked to send.',
	properties: {
		request: {type: 'string', minLength: 1, description: 'METHOD URL, one method only.'},
		headers: requestHeaders,
		...bodyProperties,
		stream: {
			type: 'boolean',
			description:
				'Whether the client gets its body as a stream: of a length that it does not know, and to be read once.',
		},
		trailers: {
			...requestHeaders,
			description: 'Trailer fields that the client is to send behind the stream.',
		},
	},
	required: ['request'],
	additionalProperties: false,
} as const;

/** JSON Schema (draft-07) of a scenario file. */
export const scenarioSchema = {
	$schema: 'http://json-schema.org/draft-07/schema#',
	title: 'Followthrough scenario',
	type: 'object',
	properties: {
		$schema: {type: 'string'},
		name: {...name, description: 'Short name: lower-case letters, digits and hyphens.'},
		title: {type: 'string', minLength: 1, description: 'One line that says what it shows.'},
		source: {type: 'string', minLength: 1, description: 'Where the behaviour is documented.'},
		description: {type: 'string', description: 'What a conforming client does.'},
		story: {
			type: 'string',
			minLength: 1,
			description: 'A paragraph: where this happens, and what goes wrong there.',
		},
		catches: {
			type: 'array',
			items: {type: 'string', minLength: 1},
			default: [],
			description: 'Ids of the rules that clients are known to break here.',
		},
		links: {
			enum: ['exact', 'tagged'],
			default: 'exact',
			description:
				'exact: the Location goes out as written. tagged: a token in its query makes links certain.',
		},
		callHeaders: {
			type: 'array',
			items: {type: 'string', minLength: 1},
			default: [],
			description:
				'Header fields whose value is one per call, beside traceparent, x-request-id and idempotency-key.',
		},
		seed: {
			type: 'integer',
			default: 0,
			description: 'Makes shares of traffic repeatable: the same seed, the same choices.',
		},
		phases: {
			type: 'array',
			items: name,
			minItems: 1,
			uniqueItems: true,
			description: 'The phases that routes may belong to. The first one is where a double starts.',
		},
		enforce: {
			type: 'array',
			items: {type: 'string', minLength: 1},
			default: [],
			description: 'Policy rules that count in assertFollowedThrough().',
		},
		calls: {type: 'array', items: callSchema, default: []},
		routes: {type: 'array', items: routeSchema, minItems: 1},
	},
	required: ['name', 'routes'],
	additionalProperties: false,
} as const;
