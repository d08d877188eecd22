import type {FromSchema} from 'json-schema-to-ts';
import type {Http2Facts, MalformedMessage, RecordedRequest} from '../../journal/exchange.ts';
import type {RecordedBody} from '../../journal/recorded-body.ts';
import {
	bytesView,
	headerLinesSchema,
	linesView,
	type Secrets,
	urlView,
	wireTextSchema,
} from './wire-text.ts';

const milliseconds = {
	type: 'integer',
	description: "Milliseconds from the journal's start.",
} as const;
const count = {type: 'integer', minimum: 0} as const;

export const bodySchema = {
	title: 'Body',
	type: 'object',
	description: 'What is known of the content of a request; its bytes are a resource of their own.',
	properties: {
		size: {...count, description: 'Size in bytes of what came.'},
		sha256: {
			type: 'string',
			pattern: '^[0-9a-f]{64}$',
			description: 'SHA-256 of what came, in lower-case hex.',
		},
		complete: {
			type: 'boolean',
			description: 'Whether it came whole; false while it comes in, and when it was cut off.',
		},
		kept: {...count, description: 'How many of these bytes were kept, from the first on.'},
		notKept: {
			enum: ['limit', 'disk'],
			description:
				'Why not all were kept: it is larger than maxBodySize, or the disk took no more. Absent when all were.',
		},
	},
	required: ['size', 'sha256', 'complete', 'kept'],
	additionalProperties: false,
} as const;

const http2Schema = {
	type: 'object',
	description: 'What HTTP/2 adds (RFC 9113); absent for HTTP/1.',
	properties: {
		stream: {...count, description: 'The number of the stream.'},
		pseudoHeaders: {...headerLinesSchema, description: '`:method` and the like, as they came.'},
		reset: {...count, description: "The error code of the client's RST_STREAM; absent for none."},
	},
	required: ['stream', 'pseudoHeaders'],
	additionalProperties: false,
} as const;

const afterAnswerSchema = {
	type: 'object',
	description:
		'What the client did with the rest of its body; absent unless it was answered before the end of it.',
	properties: {
		before: {...count, description: 'Bytes that had come when the response was sent.'},
		after: {...count, description: 'Bytes that came after that.'},
		goesOnAt: {...milliseconds, description: 'When the first of those came, in milliseconds.'},
		ending: {
			enum: ['finished', 'stopped', 'reset', 'silent', 'hung', 'cut'],
			description: 'How the request ended; absent while it goes on.',
		},
	},
	required: ['before', 'after'],
	additionalProperties: false,
} as const;

const malformedSchema = {
	type: 'object',
	description:
		'Set when the bytes were no HTTP, or stopped being HTTP in the middle of the message.',
	properties: {
		code: {type: 'string', description: "The parser's code, such as HPE_INVALID_METHOD."},
		message: {type: 'string', description: "What was wrong, in the parser's words."},
		bytes: {
			...wireTextSchema,
			description: 'The bytes in which the fault was found, a character for each (Latin-1).',
		},
	},
	required: ['code', 'message', 'bytes'],
	additionalProperties: false,
} as const;

export const requestSchema = {
	title: 'Request',
	type: 'object',
	description: 'What the client sent.',
	properties: {
		method: {...wireTextSchema, description: 'As sent; empty when the bytes were no HTTP.'},
		target: {...wireTextSchema, description: 'The request-target as sent.'},
		url: {...wireTextSchema, description: 'The absolute URL in its documented form.'},
		origin: {
			...wireTextSchema,
			description: 'The documented origin that it came to; empty when none can be told.',
		},
		headers: headerLinesSchema,
		trailers: headerLinesSchema,
		httpVersion: {type: 'string', description: '1.1, 1.0 or 2.0; empty for what is no HTTP.'},
		http2: http2Schema,
		framing: {
			enum: ['content-length', 'chunked', 'frames', 'none'],
			description: 'How the body was framed (RFC 9112, 6.3).',
		},
		body: bodySchema,
		afterAnswer: afterAnswerSchema,
		hopToken: {...wireTextSchema, description: 'The token of the hop, where links are tagged.'},
		malformed: malformedSchema,
		beganAt: {...milliseconds, description: 'When the head was here, in milliseconds.'},
		endedAt: {
			...milliseconds,
			description: 'When the body had ended or was cut off, in milliseconds; absent until then.',
		},
	},
	required: [
		...['method', 'target', 'url', 'origin', 'headers', 'trailers', 'httpVersion'],
		...['framing', 'body', 'beganAt'],
	],
	additionalProperties: false,
} as const;

export type RequestView = FromSchema<typeof requestSchema>;

/** A recorded request as data. */
export function requestView(request: RecordedRequest, secrets: Secrets): RequestView {
	const {http2, afterAnswer, hopToken, malformed, endedAt} = request;
	return {
		method: request.method,
		target: urlView(request.target, secrets),
		url: urlView(request.url, secrets),
		origin: urlView(request.origin, secrets),
		headers: linesView(request.headers, secrets),
		trailers: linesView(request.trailers, secrets),
		httpVersion: request.httpVersion,
		...(http2 && {http2: http2View(http2, secrets)}),
		framing: request.framing,
		body: bodyView(request.body),
		...(afterAnswer && {afterAnswer: {...afterAnswer}}),
		...(hopToken !== undefined && {hopToken}),
		...(malformed && {malformed: malformedView(malformed, secrets)}),
		beganAt: request.beganAt,
		...(endedAt !== undefined && {endedAt}),
	};
}

function http2View({stream, pseudoHeaders, reset}: Http2Facts, secrets: Secrets) {
	return {
		stream,
		pseudoHeaders: linesView(pseudoHeaders, secrets),
		...(reset !== undefined && {reset}),
	};
}

function bodyView({size, sha256, complete, kept, notKept}: RecordedBody) {
	return {size, sha256, complete, kept, ...(notKept !== undefined && {notKept})};
}

function malformedView({code, message, bytes}: MalformedMessage, secrets: Secrets) {
	return {code, message: urlView(message, secrets), bytes: bytesView(bytes, secrets)};
}
