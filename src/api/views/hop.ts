import type {FromSchema} from 'json-schema-to-ts';
import type {Hop} from '../../journal/hop.ts';
import type {Finding} from '../../verdict/verdict.ts';
import {exchangeSchema, exchangeView} from './exchange.ts';
import {findingSchema, findingView} from './finding.ts';
import type {Secrets} from './wire-text.ts';

const linkSchema = {
	title: 'Link',
	type: 'object',
	description: 'What ties a follow-up to its redirect.',
	properties: {
		evidence: {
			type: 'array',
			minItems: 1,
			items: {
				enum: [
					...['token', 'call-header', 'target', 'method', 'body'],
					...['headers', 'agent', 'connection', 'call'],
				],
			},
			description: 'What speaks for it.',
		},
		certain: {type: 'boolean', description: 'Whether the wire proves it.'},
		doubts: {
			type: 'array',
			items: {enum: ['another redirect', 'a call of its own']},
			description: 'Why it is not certain; empty when it is.',
		},
		rivals: {type: 'integer', minimum: 0, description: 'How many other redirects fitted as well.'},
	},
	required: ['evidence', 'certain', 'doubts', 'rivals'],
	additionalProperties: false,
} as const;

export const hopSchema = {
	title: 'Hop',
	type: 'object',
	description: 'A redirect and, when it came, its follow-up.',
	properties: {
		number: {type: 'integer', minimum: 1, description: 'Its place among the redirects, from 1.'},
		state: {
			enum: ['waiting', 'followed', 'declined'],
			description: 'Whether a follow-up came, or may come.',
		},
		redirect: exchangeSchema,
		followUp: exchangeSchema,
		link: linkSchema,
		findings: {
			type: 'array',
			items: findingSchema,
			description:
				'What the rules about hops say of it: there where one hop is told, left out of lists and chains.',
		},
	},
	required: ['number', 'state', 'redirect'],
	additionalProperties: false,
} as const;

/** A hop as plain JSON data. */
export type HopView = FromSchema<typeof hopSchema>;

/**
 * A hop as it is now, as plain JSON data.
 *
 * @param findings what the rules say of it; left out unless told
 */
export function hopView(
	{number, state, redirect, followUp, link}: Hop,
	secrets: Secrets,
	findings?: readonly Finding[],
): HopView {
	return {
		number,
		state,
		redirect: exchangeView(redirect, secrets),
		...(followUp && {followUp: exchangeView(followUp, secrets)}),
		...(link && {link: {...link, evidence: [...link.evidence], doubts: [...link.doubts]}}),
		...(findings && {findings: findings.map(findingView)}),
	};
}
