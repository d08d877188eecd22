import {Recent} from '../http/recent.ts';
import type {CallsInTurn} from './calls-in-turn.ts';
import type {Evidence} from './hop.ts';
import type {Candidate, Redirect, Tie} from './redirect.ts';

/** All pieces of evidence, strongest first; each has a bit in the order of this list. */
const pieces: readonly Evidence[] = [
	...(['token', 'call-header', 'target', 'method'] as const),
	...(['body', 'headers', 'agent', 'connection', 'call'] as const),
];

/** Makes ties; equal ones of late are one. */
export class Ties {
	readonly #known = new Recent<number, Tie>();
	readonly #calls: CallsInTurn | undefined;

	/** @param calls tells the calls of a client that makes one after another */
	constructor(calls?: CallsInTurn) {
		this.#calls = calls;
	}

	/**
	 * What ties a request to a redirect.
	 *
	 * @param rank the strength of the evidence that it was found by
	 * @param rivals how many other redirects fitted as well
	 */
	of(redirect: Redirect, request: Candidate, rank: number, rivals: number): Tie {
		const found = evidenceFor(redirect, request, this.#calls);
		const name = (rivals * 32 + rank) * 512 + found;
		const known = this.#known.get(name);
		if (known !== undefined) return known;
		const evidence = pieces.filter((_, bit) => (found & (1 << bit)) !== 0);
		const tie = Object.freeze({rank, evidence: Object.freeze(evidence), rivals});
		this.#known.set(name, tie);
		return tie;
	}
}

/** Everything that ties a request to a redirect: a bit for each piece of evidence. */
function evidenceFor(
	{expectation, exchange}: Redirect,
	request: Candidate,
	calls: CallsInTurn | undefined,
): number {
	const {traits, token, targets} = expectation;
	const other = request.traits;
	const hasToken = token !== undefined && request.exchange.request.hopToken === token;
	const isOnSame = exchange.connection.number === request.exchange.connection.number;
	const isSameCall = calls !== undefined && calls.of(exchange) === calls.of(request.exchange);
	return (
		Number(hasToken) |
		(Number(traits.calls.some(call => other.calls.includes(call))) << 1) |
		(Number(targets.includes(other.url)) << 2) |
		(Number(traits.method === other.method) << 3) |
		(Number(traits.body !== '' && traits.body === other.body) << 4) |
		(Number(traits.headers === other.headers) << 5) |
		(Number(traits.agent !== '' && traits.agent === other.agent) << 6) |
		(Number(isOnSame) << 7) |
		(Number(isSameCall) << 8)
	);
}
