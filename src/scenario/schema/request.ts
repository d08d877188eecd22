export const requestLine = {
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
