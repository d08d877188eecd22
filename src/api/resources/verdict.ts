import {exportDouble} from '../../exports/export-double.ts';
import {exportFormats, exportMediaTypes} from '../../exports/formats.ts';
import {operation} from '../operation.ts';
import {secretsFor} from '../shown-secrets.ts';
import {verdictSchema, verdictView} from '../views/verdict.ts';
import {ofDouble, withSecrets} from './parameters.ts';

const readVerdict = operation(
	{
		id: 'readVerdict',
		tag: 'verdict',
		method: 'GET',
		path: '/v1/doubles/{id}/verdict',
		summary: 'What the rules say of everything so far',
		description:
			'A redirect that still waits for its follow-up is as good as not followed: settle first.',
		pathParameters: ofDouble,
		answers: {
			200: {
				description: 'The verdict, what it comes to, and why.',
				content: {'application/json': verdictSchema},
			},
		},
		problems: ['DOUBLE_UNKNOWN'],
	},
	({path}, {doubles}) => ({body: verdictView(doubles.get(path.id).double)}),
);

const text = 'text/plain; charset=utf-8';

const readReport = operation(
	{
		id: 'readReport',
		tag: 'verdict',
		method: 'GET',
		path: '/v1/doubles/{id}/report',
		summary: 'The verdict as text for people',
		pathParameters: ofDouble,
		answers: {200: {description: 'The report.', content: {[text]: {type: 'string'}}}},
		problems: ['DOUBLE_UNKNOWN'],
	},
	({path}, {doubles}) => ({
		body: `${doubles.get(path.id).double.report({pages: false})}\n`,
		type: text,
	}),
);

const readExport = operation(
	{
		id: 'readExport',
		tag: 'verdict',
		method: 'GET',
		path: '/v1/doubles/{id}/exports/{format}',
		summary: 'What the double has seen, in a form for other programs',
		pathParameters: {
			type: 'object',
			properties: {
				id: ofDouble.properties.id,
				format: {
					enum: exportFormats,
					description:
						'`har` (HTTP Archive 1.2), `json`, `junit`, `markdown`, `sarif` (2.1.0), or `curl`, a line for each request.',
				},
			},
			required: ['id', 'format'],
			additionalProperties: false,
		},
		query: withSecrets,
		answers: {
			200: {
				description: 'It, of the media type of its form.',
				content: Object.fromEntries(
					Object.values(exportMediaTypes).map(type => [
						type,
						type === 'application/json' ? {type: 'object'} : {type: 'string'},
					]),
				),
			},
		},
		problems: ['DOUBLE_UNKNOWN', 'SECRETS_REFUSED'],
	},
	async ({path: {id, format}, query}, api) => {
		const {double} = api.doubles.get(id);
		const body = await exportDouble(double, format, {
			secrets: secretsFor(query, api),
			pages: false,
		});
		return {body, type: exportMediaTypes[format]};
	},
);

/** To read what is to be said of clients. */
export const verdictOperations = [readVerdict, readReport, readExport];
