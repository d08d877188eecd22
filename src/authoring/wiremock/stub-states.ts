import type {ResponseInput, RouteInput} from '../../scenario/types.ts';
import {asScenarioName} from '../scenario-name.ts';
import {textAt} from '../unknown-json.ts';
import type {Stub, StubNotes} from './stub.ts';

/** The state in which each state machine of WireMock begins. */
const started = 'Started';

/**
 * The states of a WireMock scenario as phases. A double is in one phase at a time: of several state
 * machines the one with the most mappings has its states, the others stay where they begin.
 */
export class StubStates {
	readonly #machine: string | undefined;
	readonly #phases = new Map<string, string>();

	constructor(stubs: readonly Stub[]) {
		const names = stubs.flatMap(({data}) =>
			moves(data) ? (textAt(data, 'scenarioName') ?? []) : [],
		);
		const count = (name: string) => names.filter(each => each === name).length;
		const [first] = [...new Set(names)].sort((a, b) => count(b) - count(a));
		this.#machine = first;
		if (first === undefined) return;
		const own = stubs.filter(({data}) => data['scenarioName'] === first);
		const states = own.flatMap(({data}) =>
			[textAt(data, 'requiredScenarioState'), textAt(data, 'newScenarioState')].filter(
				state => state !== undefined,
			),
		);
		for (const state of [started, ...states])
			if (!this.#phases.has(state)) this.#phases.set(state, this.#nameFor(state));
	}

	/** The names of the phases, that of "Started" first; undefined for none. */
	get phases(): string[] | undefined {
		return this.#machine === undefined ? undefined : [...this.#phases.values()];
	}

	#nameFor(state: string): string {
		const name = asScenarioName(state) ?? 'state';
		const taken = [...this.#phases.values()];
		return taken.includes(name) ? `${name}-${taken.length + 1}` : name;
	}

	/** The routes of a stub: none for one in a state that is never reached, two where one ends its own state. */
	routesOf(
		{data}: Stub,
		request: RouteInput['request'],
		response: ResponseInput,
		notes: StubNotes,
	): RouteInput[] {
		const machine = textAt(data, 'scenarioName');
		const required = textAt(data, 'requiredScenarioState');
		const next = textAt(data, 'newScenarioState');
		if (machine === undefined || (required === undefined && next === undefined))
			return [{request, response}];
		if (machine !== this.#machine) {
			notes.add(
				'scenarioName',
				`"${machine}" stays in its first state: a scenario has one set of phases, that of "${this.#machine}"`,
			);
			return required === undefined || required === started ? [{request, response}] : [];
		}
		const phase = required === undefined ? undefined : this.#phases.get(required);
		const switchTo = next === undefined ? undefined : this.#phases.get(next);
		const stays = {request, ...(phase !== undefined && {phase}), response};
		if (switchTo === undefined || switchTo === phase) return [stays];
		const moving = {...response, times: 1, switchTo};
		if (phase !== undefined) return [{request, phase, responses: [moving]}];
		const others = [...this.#phases.values()].filter(each => each !== switchTo);
		return [
			{request, phase: others, responses: [moving]},
			{request, phase: switchTo, response},
		];
	}
}

function moves(data: Stub['data']): boolean {
	return data['requiredScenarioState'] !== undefined || data['newScenarioState'] !== undefined;
}
