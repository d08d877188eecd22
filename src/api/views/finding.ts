import type {FromSchema} from 'json-schema-to-ts';
import type {Finding} from '../../verdict/verdict.ts';

const citationSchema = {
	title: 'Citation',
	type: 'object',
	description: 'Where it stands.',
	properties: {
		document: {type: 'string', description: 'Document and section, such as RFC 9110, 15.4.8.'},
		url: {type: 'string', description: 'Where to read it.'},
		passage: {type: 'string', description: 'The passage, quoted.'},
	},
	required: ['document', 'url', 'passage'],
	additionalProperties: false,
} as const;

export const findingSchema = {
	title: 'Finding',
	type: 'object',
	description:
		'What a rule says of one hop, redirect, chain or exchange. In its texts, secrets are always masked, and bytes from the wire escaped.',
	properties: {
		rule: {type: 'string', description: "The rule's id, such as method-preserved."},
		level: {enum: ['must', 'should', 'de facto', 'policy']},
		statement: {type: 'string', description: 'What a client does that keeps the rule.'},
		source: citationSchema,
		outcome: {enum: ['kept', 'broken', 'not observed']},
		hop: {
			type: 'integer',
			minimum: 1,
			description:
				'The number of the hop; of a rule about a chain, of its last one; absent for a rule about an exchange.',
		},
		exchanges: {
			type: 'array',
			items: {type: 'integer', minimum: 1},
			description: 'The numbers of the exchanges that it speaks of.',
		},
		expected: {type: 'string', description: 'What a conforming client would have sent; if broken.'},
		actual: {type: 'string', description: 'What came; if broken.'},
		cause: {type: 'string', description: 'The likely cause; if broken, and where it is known.'},
		reason: {type: 'string', description: 'Why nothing can be said; if not observed.'},
	},
	required: ['rule', 'level', 'statement', 'source', 'outcome', 'exchanges'],
	additionalProperties: false,
} as const;

/** A finding as plain JSON data. */
export type FindingView = FromSchema<typeof findingSchema>;

/** A finding as plain JSON data. */
export function findingView({source, exchanges, ...finding}: Finding): FindingView {
	return {...finding, source: {...source}, exchanges: [...exchanges]};
}
