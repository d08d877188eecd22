import {operation} from '../operation.ts';
import {YamlText} from '../read-content.ts';
import {requestedScenarios} from '../requested-scenarios.ts';
import {doubleSchema, wholeDoubleView} from '../schemas/double.ts';
import {scenarioSources} from '../schemas/scenario.ts';
import {untilLeft} from '../until-left.ts';
import {verdictSchema, verdictView} from '../views/verdict.ts';
import {ofDouble} from './parameters.ts';

const isDouble = {description: 'The double.', content: {'application/json': doubleSchema}};

const readUrl = operation(
	{
		id: 'readUrl',
		tag: 'doubles',
		method: 'GET',
		path: '/v1/doubles/{id}/url',
		summary: 'The local form of a documented URL',
		pathParameters: ofDouble,
		query: {
			type: 'object',
			properties: {
				of: {type: 'string', description: 'Such as `https://api.example.test/uploads/123`.'},
			},
			required: ['of'],
			additionalProperties: false,
		},
		answers: {
			200: {
				description: 'It.',
				content: {
					'application/json': {
						title: 'LocalUrl',
						type: 'object',
						properties: {url: {type: 'string'}},
						required: ['url'],
						additionalProperties: false,
					},
				},
			},
		},
		problems: ['DOUBLE_UNKNOWN', 'ORIGIN_UNKNOWN'],
	},
	({path, query}, {doubles}) => ({body: {url: doubles.get(path.id).double.urlOf(query.of)}}),
);

const readCa = operation(
	{
		id: 'readCa',
		tag: 'doubles',
		method: 'GET',
		path: '/v1/doubles/{id}/ca.pem',
		summary: "The certificate of the double's CA",
		description: 'What a client is to trust for https, at the listeners and through the proxy.',
		pathParameters: ofDouble,
		answers: {
			200: {
				description: 'In PEM.',
				content: {'application/x-pem-file': {type: 'string'}},
			},
		},
		problems: ['DOUBLE_UNKNOWN'],
	},
	async ({path}, {doubles}) => ({
		type: 'application/x-pem-file',
		body: await doubles.get(path.id).double.ca.pem(),
	}),
);

const switchPhase = operation(
	{
		id: 'switchPhase',
		tag: 'doubles',
		method: 'PUT',
		path: '/v1/doubles/{id}/phase',
		summary: 'Switch to a phase of the scenario',
		pathParameters: ofDouble,
		content: {
			description: 'The phase.',
			schema: {
				title: 'Phase',
				type: 'object',
				properties: {phase: {type: 'string'}},
				required: ['phase'],
				additionalProperties: false,
			},
		},
		answers: {200: isDouble},
		problems: ['DOUBLE_UNKNOWN', 'PHASE_UNKNOWN', 'DOUBLE_CLOSED'],
	},
	async ({path, body}, {doubles}) => {
		const held = doubles.get(path.id);
		if (!(body instanceof YamlText)) held.double.switchTo(body.phase);
		return {body: await wholeDoubleView(held)};
	},
);

const swapScenario = operation(
	{
		id: 'swapScenario',
		tag: 'doubles',
		method: 'PUT',
		path: '/v1/doubles/{id}/scenario',
		summary: 'Play another scenario from now on',
		description:
			'The journal stays, and so do the addresses of origins that both scenarios name. The id of the double stays, too.',
		pathParameters: ofDouble,
		content: {
			description: 'The scenario; or its text in YAML.',
			schema: {
				title: 'NewScenario',
				type: 'object',
				properties: {scenario: scenarioSources},
				required: ['scenario'],
				additionalProperties: false,
			},
			yaml: true,
		},
		answers: {200: isDouble},
		problems: [
			...(['DOUBLE_UNKNOWN', 'DOUBLE_CLOSED'] as const),
			...(['SCENARIO_INVALID', 'SCENARIO_UNKNOWN', 'RULE_UNKNOWN'] as const),
			'TOO_MANY_OPEN_FILES',
		],
	},
	async ({path, body}, {doubles}) => {
		const held = doubles.get(path.id);
		await held.double.swap(await requestedScenarios(body));
		return {body: await wholeDoubleView(held)};
	},
);

const resetDouble = operation(
	{
		id: 'resetDouble',
		tag: 'doubles',
		method: 'POST',
		path: '/v1/doubles/{id}/reset',
		summary: 'Back to the beginning: journal, sequences and phase',
		description: 'The addresses stay. Content is not read.',
		pathParameters: ofDouble,
		answers: {204: {description: 'Nothing is recorded any more.'}},
		problems: ['DOUBLE_UNKNOWN'],
	},
	async ({path}, {doubles}) => {
		await doubles.get(path.id).double.reset();
		return {status: 204};
	},
);

const settleDouble = operation(
	{
		id: 'settleDouble',
		tag: 'doubles',
		method: 'POST',
		path: '/v1/doubles/{id}/settle',
		summary: 'Wait until nothing more comes, and judge',
		description: 'Redirects that were not followed by then count as declined.',
		pathParameters: ofDouble,
		content: {
			description: 'How long; may be left out.',
			schema: {
				title: 'Patience',
				type: 'object',
				properties: {
					quiet: {
						type: 'number',
						minimum: 0,
						maximum: 60_000,
						default: 100,
						description: 'Milliseconds in which nothing has happened.',
					},
					timeout: {
						type: 'number',
						minimum: 0,
						maximum: 300_000,
						default: 5000,
						description: 'Milliseconds after which it is waited no more.',
					},
				},
				additionalProperties: false,
			},
			optional: true,
		},
		answers: {
			200: {description: 'The verdict.', content: {'application/json': verdictSchema}},
		},
		problems: ['DOUBLE_UNKNOWN', 'TOO_MANY_WAITING'],
	},
	async ({path, body}, {doubles, waiting}, ctx) => {
		const {double} = doubles.get(path.id);
		const patience = body instanceof YamlText ? {} : body;
		const signal = untilLeft(ctx.res);
		await waiting.during(() => double.settle({...patience, signal}));
		return {body: verdictView(double)};
	},
);

/** What can be done with a double. */
export const doubleActions = [
	...[readUrl, readCa, switchPhase],
	...[swapScenario, resetDouble, settleDouble],
];
