import {editDistance} from './edit-distance.ts';

/**
 * The name among `names` that `given` was most likely meant to be, without regard to case;
 * undefined when none is near (more than a third of its characters differ, two in a short name).
 */
export function nearName(given: string, names: readonly string[]): string | undefined {
	const exact = names.find(name => name.toLowerCase() === given.toLowerCase());
	if (exact !== undefined) return exact;
	return nearNames(given, names)[0];
}

/** The near names, the nearest first, at most three. */
export function nearNames(given: string, names: readonly string[]): string[] {
	if (names.length === 0) return [];
	const allowed = Math.max(2, Math.floor(given.length / 3));
	const measured = names.map(name => ({
		name,
		away: steps(given.toLowerCase(), name.toLowerCase()),
	}));
	return measured
		.filter(({name, away}) => away <= allowed && away < name.length)
		.sort((a, b) => a.away - b.away)
		.slice(0, 3)
		.map(({name}) => name);
}

/** `; did you mean "name"?`, or nothing when no name is near. */
export function didYouMean(given: string, names: readonly string[]): string {
	const near = nearName(given, names);
	return near === undefined ? '' : `; did you mean "${near}"?`;
}

/** The edit distance, in which swapped letters (`PSOT`) count as one slip. */
function steps(given: string, name: string): number {
	const letters = (text: string): string => [...text].sort().join('');
	return letters(given) === letters(name) ? 1 : editDistance(given, name);
}
