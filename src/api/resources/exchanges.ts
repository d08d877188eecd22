import type {Double} from '../../double.ts';
import type {Exchange} from '../../journal/exchange.ts';
import {exchangeOf} from '../event-feeds.ts';
import {operation} from '../operation.ts';
import {Problem} from '../problem.ts';
import {secretsFor} from '../shown-secrets.ts';
import {exchangeSchema, exchangeView} from '../views/exchange.ts';
import {nextSchema, ofDouble, ofNumber, pageOf, pageOfList, withSecrets} from './parameters.ts';

const listExchanges = operation(
	{
		id: 'listExchanges',
		tag: 'journal',
		method: 'GET',
		path: '/v1/doubles/{id}/exchanges',
		summary: 'What was sent and answered',
		pathParameters: ofDouble,
		query: pageOfList,
		answers: {
			200: {
				description: 'Exchanges in the order in which their heads arrived, sealed or not.',
				content: {
					'application/json': {
						title: 'Exchanges',
						type: 'object',
						properties: {
							exchanges: {type: 'array', items: exchangeSchema},
							next: nextSchema,
							dropped: {
								type: 'integer',
								minimum: 0,
								description: 'How many exchanges the limit has dropped, the oldest first.',
							},
						},
						required: ['exchanges', 'dropped'],
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
		const {page, next} = pageOf(journal.exchanges, ({number}) => number, query);
		const exchanges = page.map(exchange => exchangeView(exchange, secrets));
		return {body: {exchanges, ...next, dropped: journal.dropped}};
	},
);

const readExchange = operation(
	{
		id: 'readExchange',
		tag: 'journal',
		method: 'GET',
		path: '/v1/doubles/{id}/exchanges/{number}',
		summary: 'An exchange',
		pathParameters: ofNumber,
		query: withSecrets,
		answers: {200: {description: 'It.', content: {'application/json': exchangeSchema}}},
		problems: ['DOUBLE_UNKNOWN', 'NOT_FOUND', 'SECRETS_REFUSED'],
	},
	({path, query}, api) => {
		const exchange = knownExchange(api.doubles.get(path.id).double, path.number);
		return {body: exchangeView(exchange, secretsFor(query, api))};
	},
);

/** @throws Problem NOT_FOUND */
export function knownExchange(double: Double, number: number): Exchange {
	const exchange = exchangeOf(double, number);
	if (exchange !== undefined) return exchange;
	const [first, last] = [double.exchanges[0]?.number, double.exchanges.at(-1)?.number];
	const there = first === undefined ? 'it has none' : `it has ${first} to ${last}`;
	throw new Problem('NOT_FOUND', `The journal has no exchange ${number}; ${there}.`);
}

/** To read what was sent and answered. */
export const exchangesOperations = [listExchanges, readExchange];
