/**
 * The one definition of a scenario file. Types come from it (types.ts), validation (validate.ts),
 * the editors' scenario.schema.json and the reference page.
 *
 * Shared parts are written once as constants and stand in the schema in full, because
 * json-schema-to-ts derives types from what it sees and follows no `$ref` inside a schema.
 */

const headerValue = {type: ['string', 'number']} as const;

const headers = {
	type: 'object',
	description:
		'Field names with their values. A list makes one line each. Order and case go to the wire as written, text beyond ASCII as UTF-8.',
	additionalProperties: {
		anyOf: [headerValue, {type: 'array', items: headerValue, minItems: 1}],
	},
} as const;

const bodyProperties = {
	json: {description: 'A body as JSON; Content-Type defaults to application/json.'},
	text: {type: 'string', description: 'A body as text, sent as UTF-8.'},
	base64: {
		type: 'string',
		pattern: '^[A-Za-z0-9+/\\s]*={0,2}\\s*$',
		description: 'A body as bytes in base64.',
	},
	file: {
		type: 'string',
		minLength: 1,
		description: 'A body from a file beside the scenario or in a folder below it.',
	},
} as const;

const name = {type: 'string', pattern: '^[a-z0-9][a-z0-9-]*$'} as const;

const requestLine = {
	type: 'string',
	minLength: 1,
	description:
		'METHODS URL. A parameter of the path (":id" for a segment, "*rest" for the rest) can be used in the headers and the body of the response.',
	examples: [
		'POST https://api.example.test/users',
		'PUT|PATCH https://api.example.test/uploads/:id',
		'* https://api.example.test/*rest',
	],
} as const;

const valueMatcher = {
	anyOf: [
		{type: ['string', 'number']},
		{type: 'boolean', description: 'true: it must be there; false: it must not.'},
		{
			type: 'object',
			properties: {pattern: {type: 'string', format: 'regex'}},
			required: ['pattern'],
			additionalProperties: false,
		},
	],
} as const;

export const requestMatcher = {
	type: 'object',
	properties: {
		method: {
			type: 'string',
			minLength: 1,
			default: '*',
			description: 'One method, several with | between, or * for any.',
		},
		url: {
			type: 'string',
			minLength: 1,
			description: 'The absolute URL as documented; its path in the syntax of @koa/router.',
		},
		headers: {
			type: 'object',
			additionalProperties: valueMatcher,
			description: 'Header fields that the request must have.',
		},
		query: {
			type: 'object',
			additionalProperties: valueMatcher,
			description: 'Query parameters that the request must have.',
		},
		json: {description: 'The request body must be JSON that contains this.'},
		text: {
			description: 'The request body must be this text, or match this pattern.',
			anyOf: [
				{type: 'string'},
				{
					type: 'object',
					properties: {pattern: {type: 'string', format: 'regex'}},
					required: ['pattern'],
					additionalProperties: false,
				},
			],
		},
	},
	required: ['url'],
	additionalProperties: false,
} as const;

/** When a response is sent, and what becomes of the connection. */
const timingProperties = {
	answer: {
		description:
			"When the response is sent: after the request's body (the default), before it, or after so many bytes of it.",
		anyOf: [
			{enum: ['after-body', 'before-body']},
			{
				type: 'object',
				properties: {afterBytes: {type: 'integer', minimum: 1}},
				required: ['afterBytes'],
				additionalProperties: false,
			},
		],
	},
	afterwards: {
		enum: ['keep-alive', 'close', 'reset', 'stop-reading'],
		default: 'keep-alive',
		description:
			'What happens when the response has gone out: keep-alive reads the rest of the request and goes on; close ends the connection and reads what still comes; reset breaks it off; stop-reading leaves it open and reads no more.',
	},
	continue: {
		enum: ['send', 'withhold'],
		description:
			'Whether a request with Expect: 100-continue gets its 100. Without it, a redirect is sent at once in place of 100, and every other response after 100 and the body.',
	},
	interim: {
		type: 'array',
		minItems: 1,
		description: 'Responses that are sent before this one, such as 103 Early Hints.',
		items: {
			type: 'object',
			properties: {
				status: {type: 'integer', minimum: 102, maximum: 199},
				headers,
			},
			required: ['status'],
			additionalProperties: false,
		},
	},
} as const;

/** How a response is slowed down, or broken. */
const faultProperties = {
	bodyDelay: {
		type: 'number',
		minimum: 0,
		maximum: 600_000,
		description: 'Milliseconds to wait between head and body.',
	},
	bytesPerSecond: {
		type: 'number',
		exclusiveMinimum: 0,
		description: 'The speed at which the body goes out.',
	},
	packetSize: {
		type: 'integer',
		minimum: 1,
		description: 'Sends the response, head and body, in packets of so many bytes (HTTP/1).',
	},
	fault: {
		description:
			'Breaks the response: the connection is reset before, in or after its head; the body is cut off after some bytes, and the connection closed; or other bytes are sent in its place.',
		anyOf: [
			{enum: ['reset-before-head', 'reset-in-head', 'reset-after-head']},
			{
				type: 'object',
				properties: {truncateAfter: {type: 'integer', minimum: 0}},
				required: ['truncateAfter'],
				additionalProperties: false,
			},
			{
				type: 'object',
				properties: {garbage: {type: 'string', minLength: 1}},
				required: ['garbage'],
				additionalProperties: false,
			},
		],
	},
} as const;

export const responseSchema = {
	type: 'object',
	description: 'What the double answers.',
	properties: {
		status: {
			description: 'A status code, or code and reason phrase such as "307 TEMPORARY_REDIRECT".',
			default: 200,
			anyOf: [
				{type: 'integer', minimum: 200, maximum: 599},
				{type: 'string', pattern: '^[2-5][0-9]{2}( [\\t\\x20-\\x7e]*)?$'},
			],
		},
		headers,
		...bodyProperties,
		delay: {
			type: 'number',
			minimum: 0,
			maximum: 600_000,
			description: 'Milliseconds to wait before the response is sent.',
		},
		...timingProperties,
		...faultProperties,
		times: {
			type: 'integer',
			minimum: 1,
			description:
				'In a sequence: how often this response is given before the next one. Only the last one may go without: it is given for ever.',
		},
		weight: {
			type: 'number',
			exclusiveMinimum: 0,
			description: 'In shares of traffic: how many parts of the requests get this response.',
		},
		switchTo: {
			...name,
			description:
				'The phase that the double switches to once this response was given `times` times; needs `times`.',
		},
	},
	additionalProperties: false,
} as const;

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
		headers,
		...bodyProperties,
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
