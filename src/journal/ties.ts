import type {Evidence} from './hop.ts';
import {Recent} from './recent.ts';
import type {Candidate, Redirect, Tie} from './redirect.ts';

/** All pieces of evidence, strongest first, and whether one ties a request to a redirect. */
const tests: readonly [Evidence, (redirect: Redirect, request: Candidate) => boolean][] = [
	['token', (r, q) => r.expectation.token !== undefined && hasToken(r, q)],
	['call-header', (r, q) => sharesCall(r.expectation.traits.calls, q.traits.calls)],
	['target', (r, q) => r.expectation.targets.includes(q.traits.url)],
	['method', (r, q) => r.expectation.traits.method === q.traits.method],
	['body', (r, q) => isSame(r.expectation.traits.body, q.traits.body)],
	['headers', (r, q) => r.expectation.traits.headers === q.traits.headers],
	['agent', (r, q) => isSame(r.expectation.traits.agent, q.traits.agent)],
	['connection', (r, q) => r.exchange.connection.number === q.exchange.connection.number],
];

/** Makes ties; equal ones of late are one. */
export class Ties {
	readonly #known = new Recent<number, Tie>();

	/**
	 * What ties a request to a redirect.
	 *
	 * @param rank the strength of the evidence that it was found by
	 * @param rivals how many other redirects fitted as well
	 */
	of(redirect: Redirect, request: Candidate, rank: number, rivals: number): Tie {
		let found = 0;
		for (const [bit, [, holds]] of tests.entries()) if (holds(redirect, request)) found |= 1 << bit;
		const name = (rivals * 32 + rank) * 256 + found;
		const known = this.#known.get(name);
		if (known !== undefined) return known;
		const evidence = tests.flatMap(([each], bit) => ((found & (1 << bit)) === 0 ? [] : [each]));
		const tie = Object.freeze({rank, evidence: Object.freeze(evidence), rivals});
		this.#known.set(name, tie);
		return tie;
	}
}

function hasToken({expectation}: Redirect, {exchange}: Candidate): boolean {
	return exchange.request.hopToken === expectation.token;
}

/** Whether both carry the same per-call field, with the same value. */
export function sharesCall(calls: readonly string[], others: readonly string[]): boolean {
	return calls.some(call => others.includes(call));
}

function isSame(one: string, other: string): boolean {
	return one !== '' && one === other;
}
