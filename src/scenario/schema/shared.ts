/** What several parts of the schema share. */

const text = {type: ['string', 'number']} as const;

const base64 = {type: 'string', pattern: '^[A-Za-z0-9+/\\s]*={0,2}\\s*$'} as const;

const bytes = {
	type: 'object',
	description: 'Bytes that are no text, in base64: any but CR, LF and NUL.',
	properties: {base64},
	required: ['base64'],
	additionalProperties: false,
} as const;

/** The header fields of a request: text goes through every client, other bytes do not. */
export const requestHeaders = {
	type: 'object',
	description:
		'Field names with their values. A list makes one line each. Order and case go to the wire as written, text beyond ASCII as UTF-8.',
	additionalProperties: {
		anyOf: [text, {type: 'array', items: text, minItems: 1}],
	},
} as const;

/** The header fields of a response. */
export const responseHeaders = {
	type: 'object',
	description:
		'Field names with their values, text or {base64: …}. A list makes one line each. Order and case go to the wire as written, text beyond ASCII as UTF-8, base64 as the bytes that it stands for.',
	additionalProperties: {
		anyOf: [text, bytes, {type: 'array', items: {anyOf: [text, bytes]}, minItems: 1}],
	},
} as const;

export const bodyProperties = {
	json: {description: 'A body as JSON; Content-Type defaults to application/json.'},
	text: {type: 'string', description: 'A body as text, sent as UTF-8.'},
	base64: {...base64, description: 'A body as bytes in base64.'},
	file: {
		type: 'string',
		minLength: 1,
		description: 'A body from a file beside the scenario or in a folder below it.',
	},
	repeat: {
		type: 'integer',
		minimum: 2,
		description:
			'How many times over the text, or the bytes of base64, make the body; 64 MiB in all at the most.',
	},
} as const;

/** A short name, such as that of a phase. */
export const name = {type: 'string', pattern: '^[a-z0-9][a-z0-9-]*$'} as const;
