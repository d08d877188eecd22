import {operation} from '../operation.ts';
import {Problem} from '../problem.ts';
import {secretsFor, secretsParameter} from '../shown-secrets.ts';
import {untilLeft} from '../until-left.ts';
import {chainSchema, chainView} from '../views/chain.ts';
import {hopSchema, hopView} from '../views/hop.ts';
import {nextSchema, ofDouble, ofNumber, pageOf, pageOfList, withSecrets} from './parameters.ts';

const listHops = operation(
	{
		id: 'listHops',
		tag: 'journal',
		method: 'GET',
		path: '/v1/doubles/{id}/hops',
		summary: 'The redirects, each with its follow-up when it came',
		pathParameters: ofDouble,
		query: pageOfList,
		answers: {
			200: {
				description: 'Hops in the order in which the redirects were answered, without findings.',
				content: {
					'application/json': {
						title: 'Hops',
						type: 'object',
						properties: {hops: {type: 'array', items: hopSchema}, next: nextSchema},
						required: ['hops'],
						additionalProperties: false,
					},
				},
			},
		},
		problems: ['DOUBLE_UNKNOWN', 'SECRETS_REFUSED'],
	},
	({path, query}, api) => {
		const {journal} = api.doubles.get(path.id).double;
		const secrets = secretsFor(query, api);
		const {page, next} = pageOf(journal.hops(), ({number}) => number, query);
		return {body: {hops: page.map(hop => hopView(hop, secrets)), ...next}};
	},
);

const readHop = operation(
	{
		id: 'readHop',
		tag: 'journal',
		method: 'GET',
		path: '/v1/doubles/{id}/hops/{number}',
		summary: 'A hop, with what the rules say of it',
		pathParameters: ofNumber,
		query: withSecrets,
		answers: {200: {description: 'It.', content: {'application/json': hopSchema}}},
		problems: ['DOUBLE_UNKNOWN', 'NOT_FOUND', 'SECRETS_REFUSED'],
	},
	({path, query}, api) => {
		const hops = api.doubles.get(path.id).double.hops();
		const hop = hops.find(({number}) => number === path.number);
		if (hop === undefined)
			throw new Problem(
				'NOT_FOUND',
				`The journal has no hop ${path.number}; it has ${hops.length}.`,
			);
		return {body: hopView(hop, secretsFor(query, api), hop.findings())};
	},
);

const waitForHop = operation(
	{
		id: 'waitForHop',
		tag: 'journal',
		method: 'GET',
		path: '/v1/doubles/{id}/hop',
		summary: 'Wait for the only hop',
		description: 'Answered as soon as the follow-up of the only redirect has come and is sealed.',
		pathParameters: ofDouble,
		query: {
			type: 'object',
			properties: {
				timeout: {
					type: 'integer',
					minimum: 0,
					maximum: 60_000,
					default: 5000,
					description: 'How long to wait, in milliseconds.',
				},
				secrets: secretsParameter,
			},
			additionalProperties: false,
		},
		answers: {
			200: {
				description: 'The hop, with what the rules say of it.',
				content: {'application/json': hopSchema},
			},
		},
		problems: [
			...(['DOUBLE_UNKNOWN', 'SECRETS_REFUSED', 'HOP_AMBIGUOUS', 'DOUBLE_CLOSED'] as const),
			...(['TOO_MANY_WAITING', 'WAIT_TIMED_OUT'] as const),
		],
	},
	async ({path, query: {timeout = 5000, ...query}}, api, ctx) => {
		const {double} = api.doubles.get(path.id);
		const secrets = secretsFor(query, api);
		const signal = untilLeft(ctx.res);
		const hop = await api.waiting.during(() => double.hop({timeout, signal}));
		return {body: hopView(hop, secrets, hop.findings())};
	},
);

const listChains = operation(
	{
		id: 'listChains',
		tag: 'journal',
		method: 'GET',
		path: '/v1/doubles/{id}/chains',
		summary: 'What hops make of requests, from the original to the final response',
		pathParameters: ofDouble,
		query: pageOfList,
		answers: {
			200: {
				description:
					'Chains in the order of their first hops, by the numbers of which they are paged.',
				content: {
					'application/json': {
						title: 'Chains',
						type: 'object',
						properties: {chains: {type: 'array', items: chainSchema}, next: nextSchema},
						required: ['chains'],
						additionalProperties: false,
					},
				},
			},
		},
		problems: ['DOUBLE_UNKNOWN', 'SECRETS_REFUSED'],
	},
	({path, query}, api) => {
		const {journal} = api.doubles.get(path.id).double;
		const secrets = secretsFor(query, api);
		const {page, next} = pageOf(journal.chains(), ({hops}) => hops[0]?.number ?? 0, query);
		return {body: {chains: page.map(chain => chainView(chain, secrets)), ...next}};
	},
);

/** To read and to await what clients make of redirects. */
export const hopsOperations = [listHops, readHop, waitForHop, listChains];
