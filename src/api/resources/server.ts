import {operation} from '../operation.ts';
import {Problem} from '../problem.ts';
import {codeOf, problems, typeOf} from '../problems.ts';

const root = operation(
	{
		id: 'readRoot',
		tag: 'server',
		method: 'GET',
		path: '/',
		summary: 'Where everything is',
		answers: {
			200: {
				description: 'The ways there are.',
				content: {
					'application/json': {type: 'object', additionalProperties: {type: 'string'}},
				},
			},
		},
		open: true,
	},
	() => ({
		body: {
			description: '/openapi.json',
			doubles: '/v1/doubles',
			scenarios: '/v1/scenarios',
			rules: '/v1/rules',
			health: '/v1/health',
		},
	}),
);

const document = operation(
	{
		id: 'readDocument',
		tag: 'server',
		method: 'GET',
		path: '/openapi.json',
		summary: 'This document',
		answers: {
			200: {
				description: 'The OpenAPI document of this API.',
				content: {'application/json': {type: 'object', required: ['openapi', 'paths']}},
			},
		},
		open: true,
	},
	(_, api) => ({body: api.document}),
);

const health = operation(
	{
		id: 'readHealth',
		tag: 'server',
		method: 'GET',
		path: '/v1/health',
		summary: 'Whether the server answers',
		answers: {
			200: {
				description: 'It does.',
				content: {
					'application/json': {
						title: 'Health',
						type: 'object',
						properties: {status: {enum: ['ok']}, version: {type: 'string'}},
						required: ['status', 'version'],
						additionalProperties: false,
					},
				},
			},
		},
		open: true,
	},
	(_, {version}) => ({body: {status: 'ok', version}}),
);

const problem = operation(
	{
		id: 'readProblem',
		tag: 'server',
		method: 'GET',
		path: '/v1/problems/{name}',
		summary: 'What a kind of problem means, and what to do',
		pathParameters: {
			type: 'object',
			properties: {name: {type: 'string', description: 'Such as `double-unknown`.'}},
			required: ['name'],
			additionalProperties: false,
		},
		answers: {
			200: {
				description: 'The kind.',
				content: {
					'application/json': {
						title: 'ProblemKind',
						type: 'object',
						properties: {
							type: {type: 'string'},
							code: {type: 'string'},
							status: {type: 'integer'},
							title: {type: 'string'},
							advice: {type: 'string', description: 'What it means, and what to do.'},
						},
						required: ['type', 'code', 'status', 'title', 'advice'],
						additionalProperties: false,
					},
				},
			},
		},
		problems: ['NOT_FOUND'],
		open: true,
	},
	({path: {name}}) => {
		const code = codeOf(name);
		if (code === undefined)
			throw new Problem('NOT_FOUND', `There is no kind of problem "${name}".`);
		return {body: {type: typeOf(code), code, ...problems[code]}};
	},
);

/** What is told of the server itself. */
export const serverOperations = [root, document, health, problem];
