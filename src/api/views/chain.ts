import type {FromSchema} from 'json-schema-to-ts';
import type {Chain} from '../../journal/hop.ts';
import {exchangeSchema, exchangeView} from './exchange.ts';
import {hopSchema, hopView} from './hop.ts';
import type {Secrets} from './wire-text.ts';

export const chainSchema = {
	title: 'Chain',
	type: 'object',
	description: 'The exchanges from an original request to the final response, tied by hops.',
	properties: {
		hops: {type: 'array', items: hopSchema, description: 'The hops in order.'},
		exchanges: {
			type: 'array',
			items: exchangeSchema,
			description: 'The exchanges in order, the original first.',
		},
	},
	required: ['hops', 'exchanges'],
	additionalProperties: false,
} as const;

/** A chain as plain JSON data. */
export type ChainView = FromSchema<typeof chainSchema>;

/** A chain as it is now, as plain JSON data. */
export function chainView({hops, exchanges}: Chain, secrets: Secrets): ChainView {
	return {
		hops: hops.map(hop => hopView(hop, secrets)),
		exchanges: exchanges.map(exchange => exchangeView(exchange, secrets)),
	};
}
