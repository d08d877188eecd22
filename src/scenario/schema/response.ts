import {bodyProperties, name, responseHeaders} from './shared.ts';

/** When a response is sent, and what becomes of the connection. */
const timingProperties = {
	answer: {
		description:
			"When the response is sent: after the request's body (the default), before it, or after so many bytes of it.",
		anyOf: [
			{type: 'string', enum: ['after-body', 'before-body']},
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
		description:
			'What happens when the response has gone out: keep-alive (the default) reads the rest of the request and goes on; close, or Connection: close among the headers, ends the connection and reads what still comes; reset breaks it off; stop-reading leaves it open and unread for two seconds, and then ends it when the client still waits to send.',
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
				headers: responseHeaders,
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
		minimum: 1,
		description: 'The speed at which the body goes out.',
	},
	packetSize: {
		type: 'integer',
		minimum: 1,
		description: 'Sends the response, head and body, in packets of so many bytes (HTTP/1).',
	},
	fault: {
		description:
			'Breaks the response: the connection is reset before, in or after its head; the body is cut off after some bytes; or other bytes are sent in its place. The connection is over then.',
		anyOf: [
			{type: 'string', enum: ['reset-before-head', 'reset-in-head', 'reset-after-head']},
			{
				type: 'object',
				properties: {
					truncateAfter: {
						type: 'integer',
						minimum: 0,
						description: 'So many bytes of the body go out, fewer than it has.',
					},
					garbage: {
						type: 'string',
						minLength: 1,
						description: 'Text that is sent as UTF-8 in place of the whole response.',
					},
				},
				minProperties: 1,
				maxProperties: 1,
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
		headers: responseHeaders,
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
