import type {Double} from '../../double.ts';
import {startDouble} from '../../start-double.ts';
import {operation} from '../operation.ts';
import {YamlText} from '../read-content.ts';
import {requestedScenarios} from '../requested-scenarios.ts';
import {doubleSchema, doubleView, wholeDoubleView} from '../schemas/double.ts';
import {scenarioSources} from '../schemas/scenario.ts';
import {ofDouble} from './parameters.ts';

const port = {type: 'integer', minimum: 0, maximum: 65535} as const;

const newDouble = {
	title: 'NewDouble',
	type: 'object',
	properties: {
		scenario: scenarioSources,
		ports: {
			type: 'object',
			additionalProperties: port,
			description: 'Fixed ports by documented origin; free ones, unless told.',
		},
		proxyPort: {...port, description: 'The port of the forward proxy; a free one, unless told.'},
		tls: {type: 'boolean', description: 'Whether the listeners of https origins speak TLS alone.'},
		maxExchanges: {
			type: 'integer',
			minimum: 1,
			maximum: 100_000,
			description: 'How many exchanges are kept, the oldest dropped first; 500, unless told.',
		},
		maxBodySize: {
			type: 'integer',
			minimum: 0,
			description: "How many bytes of each request's body are kept; all, unless told.",
		},
	},
	required: ['scenario'],
	additionalProperties: false,
} as const;

/** How many exchanges are kept unless told, so that a server does not grow as the hours go by. */
const maxExchanges = 500;

const createDouble = operation(
	{
		id: 'createDouble',
		tag: 'doubles',
		method: 'POST',
		path: '/v1/doubles',
		summary: 'Start a double',
		description:
			'A scenario of the API reads no file of the machine: it has its bodies as `json`, `text` or `base64`.',
		content: {
			description: 'The scenario and options; or the text of a scenario in YAML.',
			schema: newDouble,
			yaml: true,
		},
		answers: {
			201: {
				description: 'The double, which listens.',
				headers: {Location: 'Its path.'},
				content: {'application/json': doubleSchema},
			},
		},
		problems: [
			...(['PORT_IN_USE', 'TOO_MANY_DOUBLES', 'SCENARIO_INVALID', 'SCENARIO_UNKNOWN'] as const),
			...(['ORIGIN_UNKNOWN', 'RULE_UNKNOWN', 'DOUBLE_CLOSED'] as const),
			'TOO_MANY_OPEN_FILES',
		],
	},
	async ({body}, api) => {
		const {scenario: _, ...options} = body instanceof YamlText ? {scenario: body} : body;
		const sources = await requestedScenarios(body);
		const held = await api.doubles.open(() =>
			startWhole(sources, {maxExchanges, ...api.start, ...options}),
		);
		const view = await wholeDoubleView(held);
		return {status: 201, headers: {Location: `/v1/doubles/${held.id}`}, body: view};
	},
);

/** A double of which all that is told of it is there, also what is written to disk for it; or none. */
async function startWhole(...given: Parameters<typeof startDouble>): Promise<Double> {
	const double = await startDouble(...given);
	try {
		await double.env();
		return double;
	} catch (error) {
		await double.close();
		throw error;
	}
}

const listDoubles = operation(
	{
		id: 'listDoubles',
		tag: 'doubles',
		method: 'GET',
		path: '/v1/doubles',
		summary: 'The doubles that run',
		answers: {
			200: {
				description: 'In the order in which they were started.',
				content: {
					'application/json': {
						title: 'Doubles',
						type: 'object',
						properties: {doubles: {type: 'array', items: doubleSchema}},
						required: ['doubles'],
						additionalProperties: false,
					},
				},
			},
		},
	},
	(_, {doubles}) => ({body: {doubles: doubles.all().map(doubleView)}}),
);

const readDouble = operation(
	{
		id: 'readDouble',
		tag: 'doubles',
		method: 'GET',
		path: '/v1/doubles/{id}',
		summary: 'A double',
		pathParameters: ofDouble,
		answers: {200: {description: 'It.', content: {'application/json': doubleSchema}}},
		problems: ['DOUBLE_UNKNOWN', 'DOUBLE_CLOSED'],
	},
	async ({path}, {doubles}) => ({body: await wholeDoubleView(doubles.get(path.id))}),
);

const deleteDouble = operation(
	{
		id: 'deleteDouble',
		tag: 'doubles',
		method: 'DELETE',
		path: '/v1/doubles/{id}',
		summary: 'Close a double, and forget what it has recorded',
		pathParameters: ofDouble,
		answers: {204: {description: 'It is closed.'}},
		problems: ['DOUBLE_UNKNOWN'],
	},
	async ({path}, {doubles}) => {
		await doubles.remove(path.id);
		return {status: 204};
	},
);

/** To start doubles, to find them and to close them. */
export const doublesOperations = [createDouble, listDoubles, readDouble, deleteDouble];
