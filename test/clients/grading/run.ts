/**
 * Grades the clients that are on this machine with the shipped scenarios:
 *
 *     node test/clients/grading/run.ts [--only <client>]... [--scenario <name>]...
 *
 * Writes docs/clients.md, and the bytes of each breach to docs/clients; told what to grade, it writes
 * nothing; told the scenarios, it prints the bytes. Ends with 1 when a client could not be graded, never because of what it does.
 */
import {fork} from 'node:child_process';
import {availableParallelism} from 'node:os';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import {knownClients} from '../adapters/index.ts';
import type {KnownClient} from '../adapters/known-client.ts';
import {type GradedClient, isGradedClient} from './graded.ts';
import {type InstalledClient, writePages} from './pages.ts';
import {breachText} from './texts.ts';

const {values} = parseArgs({
	options: {
		only: {type: 'string', multiple: true, default: []},
		scenario: {type: 'string', multiple: true, default: []},
	},
});

process.exitCode = await main(values.only, values.scenario);

async function main(only: readonly string[], scenarios: readonly string[]): Promise<number> {
	const ids = knownClients.map(({id}) => id);
	const unknown = only.filter(id => !ids.includes(id));
	if (unknown.length > 0) {
		console.error(`There is no client ${unknown.join(', ')}. There are ${ids.join(', ')}.`);
		return 1;
	}
	const asked = knownClients.filter(({id}) => only.length === 0 || only.includes(id));
	const versions = await Promise.all(asked.map(client => client.version()));
	const installed = asked.flatMap((client, index) => {
		const version = versions[index];
		return version === undefined ? [] : [{client, version}];
	});
	const missing = asked.filter((_, index) => versions[index] === undefined);
	for (const {name} of missing) console.log(`${name} is not on this machine.`);
	const graded = await gradeAll(installed, scenarios);
	const isWhole = only.length === 0 && scenarios.length === 0;
	const isComplete = graded.length === installed.length;
	if (isWhole && isComplete) writePages(graded, missing);
	return isComplete ? 0 : 1;
}

/** Grades so many clients at a time as there are processors. */
async function gradeAll(
	installed: readonly {client: KnownClient; version: string}[],
	scenarios: readonly string[],
): Promise<InstalledClient[]> {
	const graded: InstalledClient[] = [];
	// The slowest stand last: they begin first.
	const left = [...installed.entries()].toReversed().values();
	const work = async () => {
		for (const [index, {client, version}] of left) {
			const began = performance.now();
			try {
				const grade = await gradeInProcess(client, scenarios);
				graded[index] = {client, version, grade};
				const seconds = ((performance.now() - began) / 1000).toFixed(1);
				console.log(summary(client, version, grade, seconds));
				if (scenarios.length > 0) console.log(details(grade));
			} catch (error) {
				console.error(`${client.name} ${version} could not be graded: ${String(error)}`);
			}
		}
	};
	await Promise.all(Array.from({length: availableParallelism()}, work));
	// Those that could not be graded have left holes.
	return graded.filter(each => each !== undefined);
}

function gradeInProcess({id}: KnownClient, scenarios: readonly string[]): Promise<GradedClient> {
	const worker = fileURLToPath(new URL('worker.ts', import.meta.url));
	return new Promise((resolve, reject) => {
		const child = fork(worker, [id, ...scenarios], {
			execArgv: ['--disable-warning=ExperimentalWarning'],
		});
		child.once('message', message => {
			if (isGradedClient(message)) resolve(message);
		});
		child.once('error', reject);
		child.once('close', (code, signal) =>
			reject(new Error(`its process ended: ${signal ?? code}`)),
		);
	});
}

function summary({name}: KnownClient, version: string, grade: GradedClient, seconds: string) {
	const {outcomes, rules, unjudged} = grade;
	const counts = Object.entries(outcomes).map(([outcome, count]) => `${count} ${outcome}`);
	const broken = rules.filter(({outcome}) => outcome === 'broken').map(({rule}) => rule);
	const states = unjudged.map(({scenario, state}) => `${scenario} ${state}`);
	return [
		`${name} ${version}: scenarios ${counts.join(', ')}; ${seconds} s`,
		`  broken: ${broken.join(', ') || 'no rule'}`,
		...(states.length > 0 ? [`  not judged: ${states.join(', ')}`] : []),
	].join('\n');
}

function details({rules, transcripts, unjudged}: GradedClient): string {
	const breaches = rules.flatMap(({rule, breach}) =>
		breach ? [`${rule}, in ${breach.scenario}`, ...breachText(breach), ''] : [],
	);
	const others = unjudged.map(({scenario, state, why}) => `${scenario}: ${state}: ${why}`);
	return ['', ...breaches, ...others, ...transcripts, ''].join('\n');
}
