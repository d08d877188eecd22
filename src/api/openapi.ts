import {scenarioSchema} from '../scenario/schema.ts';
import type {Answer, Operation, ParametersSchema} from './operation.ts';
import {problemSchema} from './problem.ts';
import {type ProblemCode, problems} from './problems.ts';
import {problemsOf} from './problems-of-operation.ts';
import {anyScenario} from './schemas/scenario.ts';

/** Plain JSON data. */
type Json = Readonly<Record<string, unknown>>;

/**
 * The OpenAPI 3.1 document of operations. A schema with a title stands once, among the components.
 *
 * @param version of the package
 */
export function openApiDocument(operations: readonly Operation[], version: string): Json {
	const schemas = new Components();
	const paths: Record<string, Record<string, unknown>> = {};
	for (const operation of operations)
		paths[operation.path] = {
			...paths[operation.path],
			[operation.method.toLowerCase()]: describe(operation, schemas),
		};
	return {
		openapi: '3.1.1',
		info: {
			title: 'Followthrough',
			version,
			summary: 'Test doubles that answer with redirects, and judge what clients send next.',
			description:
				'HEAD is answered where GET is, and a method that a path has not is answered with 405 and Allow. Every response that is not described is a problem (RFC 9457).',
			license: {name: 'MIT', identifier: 'MIT'},
		},
		servers: [
			{
				url: 'http://{host}:{port}',
				variables: {host: {default: '127.0.0.1'}, port: {default: '3070'}},
			},
		],
		security: [{token: []}, {}],
		tags: [...new Set(operations.map(({tag}) => tag))].map(name => ({name})),
		paths,
		components: {
			schemas: schemas.all(),
			securitySchemes: {
				token: {
					type: 'http',
					scheme: 'bearer',
					description: 'Where the server was started with a token.',
				},
			},
		},
	};
}

function describe(operation: Operation, schemas: Components): Json {
	const {id, tag, summary, description, pathParameters, query, content, answers, open} = operation;
	const parameters = [
		...parametersIn('path', pathParameters, schemas),
		...parametersIn('query', query, schemas),
	];
	return {
		operationId: id,
		tags: [tag],
		summary,
		...(description !== undefined && {description}),
		...(open && {security: []}),
		...(parameters.length > 0 && {parameters}),
		...(content && {
			requestBody: {
				description: content.description,
				required: content.optional !== true,
				content: {
					'application/json': {schema: schemas.refer(content.schema)},
					...(content.yaml && {'application/yaml': {schema: schemas.refer(anyScenario)}}),
				},
			},
		}),
		responses: {
			...Object.fromEntries(
				Object.entries(answers).map(([status, answer]) => [status, response(answer, schemas)]),
			),
			...problemResponses(problemsOf(operation), schemas),
		},
	};
}

function parametersIn(
	place: 'path' | 'query',
	{properties, required = []}: ParametersSchema = {
		type: 'object',
		properties: {},
		additionalProperties: false,
	},
	schemas: Components,
): Json[] {
	return Object.entries(properties).map(([name, {description, ...schema}]) => ({
		name,
		in: place,
		required: place === 'path' || required.includes(name),
		...(description !== undefined && {description}),
		schema: schemas.refer(schema),
	}));
}

function response({description, headers, content}: Answer, schemas: Components): Json {
	return {
		description,
		...(headers && {
			headers: Object.fromEntries(
				Object.entries(headers).map(([name, words]) => [
					name,
					{description: words, schema: {type: 'string'}},
				]),
			),
		}),
		...(content && {
			content: Object.fromEntries(
				Object.entries(content).map(([type, schema]) => [type, {schema: schemas.refer(schema)}]),
			),
		}),
	};
}

/** A response for each status, which may stand for several kinds. */
function problemResponses(codes: readonly ProblemCode[], schemas: Components): Json {
	const statuses = [...new Set(codes.map(code => problems[code].status))];
	return Object.fromEntries(
		statuses.map(status => {
			const kinds = codes.filter(code => problems[code].status === status);
			const description = kinds.map(code => `${code}: ${problems[code].title}.`).join(' ');
			const schema = {
				allOf: [schemas.refer(problemSchema), {properties: {code: {enum: kinds}}}],
			};
			return [status, {description, content: {'application/problem+json': {schema}}}];
		}),
	);
}

/** The schemas that have titles, by these. */
class Components {
	readonly #schemas = new Map<string, unknown>();

	all(): Json {
		return Object.fromEntries([...this.#schemas].sort(([one], [other]) => (one < other ? -1 : 1)));
	}

	/** The schema, with references in the place of those that have titles. */
	refer(schema: object): unknown {
		const {title}: {title?: unknown} = schema;
		if (typeof title !== 'string') return this.#inside(schema);
		if (!this.#schemas.has(title)) {
			// A place for it, in case that it names itself.
			this.#schemas.set(title, undefined);
			this.#schemas.set(title, this.#inside(definitionOf(schema)));
		}
		return {$ref: `#/components/schemas/${title}`};
	}

	#inside(schema: object): unknown {
		if (Array.isArray(schema)) return schema.map(item => this.#value(item));
		return Object.fromEntries(
			Object.entries(schema).map(([name, value]) => [name, this.#value(value)]),
		);
	}

	#value(value: unknown): unknown {
		return typeof value === 'object' && value !== null ? this.refer(value) : value;
	}
}

/** The whole schema of a scenario is held against it by its own reader, which tells faults with their lines. */
function definitionOf(schema: object): object {
	if (schema !== anyScenario) return schema;
	const {$schema: _draft, title: _title, ...whole} = scenarioSchema;
	return {title: anyScenario.title, ...whole};
}
