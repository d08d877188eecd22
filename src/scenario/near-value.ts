import {nearName} from './near-name.ts';

/**
 * The value among `values` that `given` was most likely meant to be: one that is spelt nearly so, that
 * begins or ends with it (`before` for `before-body`), or that says the same; undefined for none.
 */
export function nearValue(given: string, values: readonly string[]): string | undefined {
	const meant = meanings[given.toLowerCase()];
	return (
		nearName(given, values) ?? partlyNamed(given, values) ?? values.find(each => each === meant)
	);
}

function partlyNamed(given: string, values: readonly string[]): string | undefined {
	if (given.length < 3) return undefined;
	const part = given.toLowerCase();
	const whole = values.map(value => ({value, name: value.toLowerCase()}));
	const fitting = whole.filter(({name}) => name.startsWith(part) || name.endsWith(part));
	// Several would be a guess.
	return fitting.length === 1 ? fitting[0]?.value : undefined;
}

/** What people write for a value of the scenario format that has another name. */
const meanings: Readonly<Record<string, string>> = {
	early: 'before-body',
	late: 'after-body',
	true: 'send',
	yes: 'send',
	false: 'withhold',
	no: 'withhold',
	abort: 'reset',
	hang: 'stop-reading',
};
