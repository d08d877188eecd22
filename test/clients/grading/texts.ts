import type {KnownClient} from '../adapters/known-client.ts';
import type {Breach, GradedRule} from './graded.ts';
import type {InstalledClient} from './pages.ts';

/** A breach in lines. */
export function breachText({expected, actual, cause}: Breach): string[] {
	return [
		`expected  ${expected}`,
		`actual    ${actual}`,
		...(cause === undefined ? [] : [`cause     ${cause}`]),
	].map(line => line.replaceAll('\n', '\n          '));
}

/** The command that shows a breach again. */
export function commandFor(client: string, scenario: string): string {
	return `npm run clients -- --only ${client} --scenario ${scenario}`;
}

/** Where the bytes of a breach are kept, from the root of the repository. */
export function transcriptFile({id}: KnownClient, {rule}: GradedRule): string {
	return `docs/clients/${id}/${rule}.txt`;
}

/** The bytes of a breach, with what they are said to show; undefined where there are none. */
export function transcriptText(
	{client, version}: InstalledClient,
	{rule, level, breach}: GradedRule,
): string | undefined {
	if (breach?.transcript === undefined) return undefined;
	return [
		`${client.name} ${version} breaks ${rule} (${level}) in the scenario ${breach.scenario}.`,
		'',
		...breachText(breach),
		`again     ${commandFor(client.id, breach.scenario)}`,
		'',
		'What the client sent has the mark >, what the double sent the mark <. Ports have other numbers here,',
		'dates are left out, and so is the rest of what is long.',
		'',
		breach.transcript,
		'',
	].join('\n');
}
