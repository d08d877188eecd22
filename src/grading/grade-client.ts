import {assertKnownNames} from '../scenario/known-names.ts';
import type {ClientAdapter} from './client-adapter.ts';
import type {Grade} from './grade.ts';
import type {GradeOptions} from './grade-scenarios.ts';

/**
 * Plays scenarios with a client, some side by side, each with a double of its own: the client is asked
 * to make the documented calls, and the verdicts come together in one report as plain data, with what
 * to mend first. `formatGrade` makes text of it.
 *
 * @param client makes one call with the client, redirects followed as that client does
 * @throws FollowthroughError OPTION_INVALID; a scenario that can't be played is a failed set-up in the report
 */
export async function gradeClient(
	client: ClientAdapter,
	options: GradeOptions = {},
): Promise<Grade> {
	const known = ['scenarios', 'client', 'timeout', 'concurrency', 'onScenario'];
	assertKnownNames('gradeClient', options, known);
	const {gradeScenarios} = await import('./grade-scenarios.ts');
	return gradeScenarios(client, options);
}
