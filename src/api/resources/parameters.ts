/** The path of what belongs to a double. */
export const ofDouble = {
	type: 'object',
	properties: {id: {type: 'string', description: 'The id of the double.'}},
	required: ['id'],
	additionalProperties: false,
} as const;
