/** A scenario as data: its own reader says what is wrong with it. The document shows its whole schema. */
export const anyScenario = {
	title: 'Scenario',
	type: 'object',
} as const;

const one = {
	anyOf: [
		{type: 'string', minLength: 1, description: 'The name of a shipped scenario.'},
		anyScenario,
	],
} as const;

/** What a double is to play. */
export const scenarioSources = {
	description: 'The scenario, or several that one double plays.',
	anyOf: [...one.anyOf, {type: 'array', items: one, minItems: 1, maxItems: 500}],
} as const;
