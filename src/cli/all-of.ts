import {FollowthroughError} from '../errors.ts';

/**
 * The results of all.
 *
 * @throws the fault, or an AggregateError where there are several; what is no fault of the user's first
 */
export async function allOf<Result>(work: readonly Promise<Result>[]): Promise<Result[]> {
	const faults: unknown[] = [];
	const results: Result[] = [];
	for (const settled of await Promise.allSettled(work))
		if (settled.status === 'fulfilled') results.push(settled.value);
		else faults.push(settled.reason);
	if (faults.length === 0) return results;
	const unexpected = faults.find(fault => !(fault instanceof FollowthroughError));
	throw unexpected ?? (faults.length === 1 ? faults[0] : new AggregateError(faults));
}
