import type {ExecutionContext} from 'ava';
import type {Double} from '../../src/double.ts';
import {compileScenario} from '../../src/scenario/compile.ts';
import {lintScenario} from '../../src/scenario/lint.ts';
import {loadScenario} from '../../src/scenario/load.ts';
import type {ResponseInput, ScenarioInput} from '../../src/scenario/types.ts';
import {startDouble} from '../../src/start-double.ts';
import {createClient} from '../clients/conforming.ts';
import {sealed} from '../clients/real/play.ts';
import type {Statement} from './seed-statements.ts';

export const origin = 'https://api.example.test';
export const body = '{"name":"Ada"}';

/** A redirect from /old to /new, which takes the same methods unless told. */
export function move(from: string, response: ResponseInput, target = from): ScenarioInput {
	return {
		name: 'move',
		routes: [
			{
				request: `${from} ${origin}/old`,
				response: {headers: {Location: `${origin}/new`}, ...response},
			},
			{request: `${target} ${origin}/new`, response: {json: {id: 1}}},
		],
	};
}

export async function startWith(
	t: ExecutionContext,
	source: string | ScenarioInput,
): Promise<Double> {
	const double = await startDouble(source);
	t.teardown(double.close);
	return double;
}

export async function send(
	double: Double,
	words: string[],
	client = createClient(),
	path = '/old',
) {
	for (const method of words) {
		const content = method === 'GET' ? {} : {body};
		await client({request: `${method} ${double.urlOf(origin + path)}`, ...content});
	}
	await sealed(double);
}

/** A conforming client sends a request to /old with each method, POST unless told. */
export async function follow(t: ExecutionContext, scenario: ScenarioInput, ...words: string[]) {
	const double = await startWith(t, scenario);
	await send(double, words.length === 0 ? ['POST'] : words);
	return double;
}

/** The answer to one request, not followed. */
export async function ask(double: Double, path = '/old', method = 'POST') {
	const response = await fetch(double.urlOf(origin + path), {method, redirect: 'manual'});
	const {status, statusText, headers} = response;
	const location = headers.get('Location');
	return {
		status,
		statusText,
		location,
		cacheControl: headers.get('Cache-Control'),
		text: await response.text(),
	};
}

/** The check objects to the scenario, with the statement as its source. */
export async function objects(
	t: ExecutionContext,
	source: string | ScenarioInput,
	id: string,
	statement: Statement,
): Promise<void> {
	const findings = lintScenario(compileScenario(await loadScenario(source)));
	const found = findings.find(finding => finding.id === id);
	t.is(found?.source.passage, statement, `found only ${findings.map(each => each.id).join()}`);
}

/** No check objects to the scenario, but for those that are named. */
export async function approves(
	t: ExecutionContext,
	source: string | ScenarioInput,
	...but: string[]
) {
	const findings = lintScenario(compileScenario(await loadScenario(source)));
	t.deepEqual(
		findings.filter(({id}) => !but.includes(id)).map(({message}) => message),
		[],
	);
}

export async function example(double: Double): Promise<string[]> {
	const {redirect, followUp} = await double.hop();
	const {request, response} = redirect;
	return [
		`${request.method} ${request.url}`,
		`${response?.status} ${response?.reason}`,
		`Location: ${response?.location?.documented}`,
		`${followUp.request.method} ${followUp.request.url}`,
	];
}

export function methods({exchanges}: Double): string[] {
	return exchanges.map(({request}) => request.method);
}

export function paths({exchanges}: Double): string[] {
	return exchanges.map(({request}) => new URL(request.url).pathname);
}

export function broken(double: Double): string[] {
	return double.verdict().broken.map(({rule}) => rule);
}
