import type {FromSchema} from 'json-schema-to-ts';
import type {Double} from '../../double.ts';
import {conclusionOfDouble} from '../../grading/double-conclusion.ts';
import {findingSchema, findingView} from './finding.ts';

const count = {type: 'integer', minimum: 0} as const;
const findings = {type: 'array', items: findingSchema} as const;

export const verdictSchema = {
	title: 'Verdict',
	type: 'object',
	description: 'All findings of a double, and what they come to.',
	properties: {
		outcome: {
			enum: ['kept', 'broken', 'could not tell'],
			description:
				'`broken` when a rule was, policies that the scenario does not enforce apart; `could not tell` when a redirect was not followed, or nothing was seen.',
		},
		why: {type: 'string', description: 'Why, in a line.'},
		scenario: {type: 'string', description: "The scenario's name."},
		hops: {
			type: 'object',
			description: 'How many redirects were answered, and what became of them.',
			properties: {followed: count, declined: count, waiting: count},
			required: ['followed', 'declined', 'waiting'],
			additionalProperties: false,
		},
		dropped: {
			...count,
			description: 'How many exchanges a limit has dropped: they are not judged.',
		},
		broken: {...findings, description: 'Rules that were broken.'},
		kept: {...findings, description: 'Rules that were kept.'},
		notObserved: {...findings, description: 'Rules that nothing can be said about.'},
	},
	required: [
		...['outcome', 'why', 'scenario', 'hops', 'dropped'],
		...['broken', 'kept', 'notObserved'],
	],
	additionalProperties: false,
} as const;

/** A verdict, with what it comes to, as plain JSON data. */
export type VerdictView = FromSchema<typeof verdictSchema>;

/** What the rules say of a double so far, and what that comes to, as plain JSON data. */
export function verdictView(double: Double): VerdictView {
	const verdict = double.verdict();
	const {scenario, hops, dropped, broken, kept, notObserved} = verdict;
	return {
		...conclusionOfDouble(double, verdict),
		scenario,
		hops: {...hops},
		dropped,
		broken: broken.map(findingView),
		kept: kept.map(findingView),
		notObserved: notObserved.map(findingView),
	};
}
