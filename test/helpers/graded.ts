import type {ClientAdapter} from '../../src/grading/client-adapter.ts';
import type {Grade} from '../../src/grading/grade.ts';
import type {Client} from '../clients/conforming.ts';

/** A small client as one that is graded. */
export function adapterOf(client: Client): ClientAdapter {
	return async ({method, url, headers, body}) => {
		const {status} = await client({request: `${method} ${url}`, headers, body});
		if (Number.isNaN(status)) throw new Error('the answer is no HTTP');
		return {status};
	};
}

/** Each scenario with its state and its outcome, for a look at all of them. */
export function outcomes({scenarios}: Grade): Record<string, string> {
	return Object.fromEntries(
		scenarios.map(({scenario, state, outcome}) => [
			scenario,
			state === 'judged' ? outcome : `${state}, ${outcome}`,
		]),
	);
}
