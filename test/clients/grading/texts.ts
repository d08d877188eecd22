import type {Breach} from './graded.ts';

/** A breach in lines. */
export function breachText({expected, actual, cause}: Breach): string[] {
	return [
		`  expected  ${expected}`,
		`  actual    ${actual}`,
		...(cause === undefined ? [] : [`  cause     ${cause}`]),
	];
}

/** The command that shows a breach again. */
export function commandFor(client: string, scenario: string): string {
	return `npm run clients -- --only ${client} --scenario ${scenario}`;
}
