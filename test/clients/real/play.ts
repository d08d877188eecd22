import type {Double} from '../../../src/double.ts';
import {startDouble} from '../../../src/start-double.ts';
import {documentedCalls} from './calls.ts';
import type {RealClient} from './client.ts';

/** What a client made of the calls of a scenario. */
export interface Played {
	/** Still running; the caller closes it. */
	readonly double: Double;
	/** For each call the status of its final response, or how the client gave up. */
	readonly outcomes: readonly (number | string)[];
}

/** Starts a double of a shipped scenario and has a client send its documented calls, one after another. */
export async function play(scenario: string, client: RealClient): Promise<Played> {
	const double = await startDouble(scenario);
	const outcomes: (number | string)[] = [];
	for (const call of await documentedCalls(scenario, url => double.urlOf(url)))
		outcomes.push(await client.send(call).catch(complaint));
	await sealed(double);
	return {double, outcomes};
}

/** Waits until the exchanges that there are are complete and final. */
export async function sealed({exchanges, journal}: Double): Promise<void> {
	for (const each of exchanges) await journal.waitFor(({number}) => number === each.number);
}

/** An error in words; the more precise ones are often in its cause. */
function complaint(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	return error.cause instanceof Error ? error.cause.message : error.message;
}
