import {createHash} from 'node:crypto';
import {FollowthroughError} from '../errors.ts';
import type {
	CompiledResponse,
	CompiledRoute,
	CompiledScenario,
	Sequence,
	Shares,
} from '../scenario/compiled.ts';

/** How far a double has come in its scenario: the phase, and how often each route has answered. */
export class Playback {
	/** Is told of each phase that begins. */
	onPhase: (phase: string) => void = () => {};
	readonly #phases: readonly string[];
	readonly #answered = new Map<CompiledRoute, number>();
	#phase: string | undefined;

	/** @param phase the one to begin with, where the scenario has it; its first one, unless told */
	constructor({scenario}: CompiledScenario, phase?: string) {
		this.#phases = scenario.phases ?? [];
		this.#phase = this.#phases.find(each => each === phase) ?? this.#phases[0];
	}

	/** The phase that the double is in; undefined when the scenario has none. */
	get phase(): string | undefined {
		return this.#phase;
	}

	/**
	 * Begins a phase: sequences of routes that belong to it start anew.
	 *
	 * @throws FollowthroughError PHASE_UNKNOWN, with the phases that there are
	 */
	switchTo(phase: string): void {
		if (!this.#phases.includes(phase)) {
			const known =
				this.#phases.length === 0 ? 'It has none.' : `It has ${this.#phases.join(', ')}.`;
			throw new FollowthroughError(
				'PHASE_UNKNOWN',
				`The scenario has no phase "${phase}". ${known}`,
			);
		}
		if (phase === this.#phase) return;
		this.#phase = phase;
		for (const route of this.#answered.keys())
			if (route.phases?.includes(phase)) this.#answered.delete(route);
		this.onPhase(phase);
	}

	/** Back to the beginning. */
	reset(): void {
		this.#answered.clear();
		const [first] = this.#phases;
		if (first !== undefined) this.switchTo(first);
	}

	/** Whether a route answers in the present phase. */
	isOn({phases}: CompiledRoute): boolean {
		return phases === undefined || (this.#phase !== undefined && phases.includes(this.#phase));
	}

	/** Whether a route has given all its responses. */
	isUsedUp(route: CompiledRoute): boolean {
		if (typeof route.answers === 'function' || route.answers.kind === 'shares') return false;
		const count = this.#answered.get(route) ?? 0;
		return count >= route.answers.responses.reduce((sum, {times}) => sum + times, 0);
	}

	/** The response that a route would give now; undefined when it gives none. Nothing changes by it. */
	due(route: CompiledRoute, answers: Sequence | Shares): CompiledResponse | undefined {
		return this.isOn(route) ? this.peek(route, answers) : undefined;
	}

	/** The response that is next for a route; undefined when it has given all. Nothing changes by it. */
	peek(route: CompiledRoute, answers: Sequence | Shares): CompiledResponse | undefined {
		const count = this.#answered.get(route) ?? 0;
		if (answers.kind === 'shares') return shareOf(answers, route, count);
		return inSequence(answers, count).response;
	}

	/** Takes the response that `peek` shows, and makes the switch of phase that comes with it. */
	next(route: CompiledRoute, answers: Sequence | Shares): CompiledResponse | undefined {
		const response = this.peek(route, answers);
		const count = this.#answered.get(route) ?? 0;
		this.#answered.set(route, count + 1);
		const last = answers.kind === 'sequence' && inSequence(answers, count).last;
		if (last && response?.switchTo !== undefined) this.switchTo(response.switchTo);
		return response;
	}
}

/** The response at a place of a sequence, and whether it is given for the last time. */
function inSequence(
	{responses}: Sequence,
	count: number,
): {response: CompiledResponse | undefined; last: boolean} {
	let end = 0;
	for (const response of responses) {
		end += response.times;
		if (count < end) return {response, last: count === end - 1};
	}
	return {response: undefined, last: false};
}

/**
 * The share that the n-th request of a route falls in: SHA-256 of seed, route and n as a number in
 * [0, 1). The same on every machine, and independent of what else was asked.
 */
function shareOf({responses, seed}: Shares, {index}: CompiledRoute, count: number) {
	const digest = createHash('sha256').update(`${seed}:${index}:${count}`).digest();
	const total = responses.reduce((sum, {weight}) => sum + weight, 0);
	let point = (digest.readUInt32BE(0) / 2 ** 32) * total;
	for (const response of responses) {
		point -= response.weight;
		if (point < 0) return response;
	}
	return responses.at(-1);
}
