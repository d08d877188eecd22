import type {FromSchema} from 'json-schema-to-ts';
import {exportFormats} from '../../exports/formats.ts';
import type {HeldDouble} from '../doubles.ts';

const texts = {type: 'object', additionalProperties: {type: 'string'}} as const;

export const doubleSchema = {
	title: 'Double',
	type: 'object',
	description: 'A running test double.',
	properties: {
		id: {type: 'string', description: 'By which the API knows it.'},
		name: {type: 'string', description: "The scenario's name; those of several joined with `+`."},
		url: {type: 'string', description: 'The local address of the first origin.'},
		origins: {
			type: 'array',
			description: 'Documented origin and local address of each listener.',
			items: {
				type: 'object',
				properties: {documented: {type: 'string'}, url: {type: 'string'}},
				required: ['documented', 'url'],
				additionalProperties: false,
			},
		},
		proxy: {type: 'string', description: 'The URL of the forward proxy.'},
		resolve: {
			...texts,
			description: "By documented origin, where it is in the form of curl's --connect-to.",
		},
		phase: {type: 'string', description: 'The phase that it is in; absent where there are none.'},
		phases: {type: 'array', items: {type: 'string'}, description: 'All phases.'},
		env: {
			...texts,
			description:
				'The environment for a client on the same machine that is to go through the proxy and to trust the CA; absent in lists.',
		},
		links: {...texts, description: 'Where its parts are, relative to the API.'},
	},
	required: ['id', 'name', 'url', 'origins', 'proxy', 'resolve', 'phases', 'links'],
	additionalProperties: false,
} as const;

/** A double as plain JSON data. */
export type DoubleView = FromSchema<typeof doubleSchema>;

/** A double as lists have it. */
export function doubleView({id, double}: HeldDouble): DoubleView {
	const {name, url, origins, proxy, phase, scenario} = double;
	return {
		id,
		name,
		url,
		origins: origins.map(each => ({...each})),
		proxy,
		resolve: {...double.resolve()},
		...(phase !== undefined && {phase}),
		phases: [...(scenario.phases ?? [])],
		links: linksOf(id),
	};
}

/** A double with its environment, for which a CA is made and written to a file. */
export async function wholeDoubleView(held: HeldDouble): Promise<DoubleView> {
	return {...doubleView(held), env: {...(await held.double.env())}};
}

const parts = [
	...['url', 'ca.pem', 'exchanges', 'hops', 'hop', 'chains', 'verdict', 'report', 'events'],
	...exportFormats.map(format => `exports/${format}`),
	...['phase', 'reset', 'settle', 'scenario'],
];

function linksOf(id: string): Record<string, string> {
	const self = `/v1/doubles/${id}`;
	return {self, ...Object.fromEntries(parts.map(part => [part, `${self}/${part}`]))};
}
