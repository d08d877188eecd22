import {loadScenario, shippedScenarios} from '../../scenario/load.ts';
import {didYouMean} from '../../scenario/near-name.ts';
import {shippedFiles} from '../../scenario/shipped.ts';
import {levels, type Rule} from '../../verdict/rule.ts';
import {ruleSections} from '../../verdict/rule-sections.ts';
import {rules} from '../../verdict/rules/index.ts';
import {operation} from '../operation.ts';
import {Problem} from '../problem.ts';
import {anyScenario} from '../schemas/scenario.ts';

const titleSchema = {
	title: 'ShippedScenario',
	type: 'object',
	properties: {
		name: {type: 'string'},
		title: {type: 'string', description: 'Its title, or its name when it has none.'},
		file: {type: 'string', description: 'Its path in the package.'},
	},
	required: ['name', 'title', 'file'],
	additionalProperties: false,
} as const;

const listScenarios = operation(
	{
		id: 'listScenarios',
		tag: 'knowledge',
		method: 'GET',
		path: '/v1/scenarios',
		summary: 'The shipped scenarios',
		answers: {
			200: {
				description: 'By name.',
				content: {
					'application/json': {
						title: 'ShippedScenarios',
						type: 'object',
						properties: {scenarios: {type: 'array', items: titleSchema}},
						required: ['scenarios'],
						additionalProperties: false,
					},
				},
			},
		},
	},
	async () => ({body: {scenarios: await shippedScenarios()}}),
);

const readScenario = operation(
	{
		id: 'readScenario',
		tag: 'knowledge',
		method: 'GET',
		path: '/v1/scenarios/{name}',
		summary: 'A shipped scenario',
		description: 'With its defaults filled in. Files that its bodies are in are named, not read.',
		pathParameters: named('Such as `api-move`.'),
		answers: {200: {description: 'It.', content: {'application/json': anyScenario}}},
		problems: ['NOT_FOUND'],
	},
	async ({path: {name}}) => {
		const names = (await shippedFiles()).map(each => each.name);
		if (!names.includes(name)) throw missing('shipped scenario', name, names);
		return {body: (await loadScenario(name)).scenario};
	},
);

const ruleProperties = {
	id: {type: 'string'},
	level: {enum: levels},
	about: {type: 'string', description: 'What it is about, such as a hop.'},
	statement: {type: 'string'},
	source: {
		type: 'object',
		description: 'Where it stands.',
		properties: {
			document: {type: 'string'},
			url: {type: 'string'},
			passage: {type: 'string', description: 'Quoted.'},
		},
		required: ['document', 'url', 'passage'],
		additionalProperties: false,
	},
} as const;

const ruleMembers = ['id', 'level', 'about', 'statement', 'source'] as const;

const listRules = operation(
	{
		id: 'listRules',
		tag: 'knowledge',
		method: 'GET',
		path: '/v1/rules',
		summary: 'The rules',
		answers: {
			200: {
				description: 'All of them.',
				content: {
					'application/json': {
						title: 'Rules',
						type: 'object',
						properties: {
							rules: {
								type: 'array',
								items: {
									title: 'Rule',
									type: 'object',
									properties: ruleProperties,
									required: ruleMembers,
									additionalProperties: false,
								},
							},
						},
						required: ['rules'],
						additionalProperties: false,
					},
				},
			},
		},
	},
	() => ({body: {rules: rules.map(wordsOf)}}),
);

const readRule = operation(
	{
		id: 'readRule',
		tag: 'knowledge',
		method: 'GET',
		path: '/v1/rules/{id}',
		summary: 'A rule: its source, how clients break it, and how to mend them',
		pathParameters: {
			type: 'object',
			properties: {id: {type: 'string', description: 'Such as `body-preserved`.'}},
			required: ['id'],
			additionalProperties: false,
		},
		answers: {
			200: {
				description: 'It, with the sections of its page.',
				content: {
					'application/json': {
						title: 'ExplainedRule',
						type: 'object',
						properties: {
							...ruleProperties,
							sections: {
								type: 'array',
								items: {
									type: 'object',
									properties: {
										heading: {type: 'string'},
										text: {type: 'string', description: 'Markdown.'},
									},
									required: ['heading', 'text'],
									additionalProperties: false,
								},
							},
						},
						required: [...ruleMembers, 'sections'],
						additionalProperties: false,
					},
				},
			},
		},
		problems: ['NOT_FOUND'],
	},
	async ({path: {id}}) => {
		const rule = rules.find(each => each.id === id);
		const ids = rules.map(each => each.id);
		if (rule === undefined) throw missing('rule', id, ids);
		return {body: {...wordsOf(rule), sections: await ruleSections(id)}};
	},
);

function named(description: string) {
	return {
		type: 'object',
		properties: {name: {type: 'string', description}},
		required: ['name'],
		additionalProperties: false,
	} as const;
}

function missing(what: string, name: string, names: readonly string[]): Problem {
	return new Problem('NOT_FOUND', `There is no ${what} "${name}"${didYouMean(name, names) || '.'}`);
}

function wordsOf({id, level, about, statement, source}: Rule) {
	return {id, level, about, statement, source};
}

/** What comes with the package. */
export const knowledgeOperations = [listScenarios, readScenario, listRules, readRule];
