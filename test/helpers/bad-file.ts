import {fileURLToPath} from 'node:url';
import test from 'ava';
import {ScenarioError} from '../../src/errors.ts';
import {checkScenario} from '../../src/scenario/check.ts';
import {parseScenarioText} from '../../src/scenario/parse.ts';

const folder = fileURLToPath(new URL('../scenario/files/', import.meta.url));

/** The file is refused with exactly this message: its heading, and one line for each problem. */
export const refused = test.macro({
	async exec(t, text: string, ...problems: readonly string[]) {
		t.is(await messageFor('bad.yaml', text), wholeMessage('bad.yaml', problems));
	},
	title: (given = '') => `refused: ${given}`,
});

/** As `refused`, for a JSON file. */
export const refusedJson = test.macro({
	async exec(t, text: string, ...problems: readonly string[]) {
		t.is(await messageFor('bad.json', text), wholeMessage('bad.json', problems));
	},
	title: (given = '') => `refused: ${given}`,
});

function wholeMessage(file: string, problems: readonly string[]): string {
	const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
	return [`${file} has ${count}:`, ...problems.map(problem => `  ${problem}`)].join('\n');
}

async function messageFor(file: string, text: string): Promise<string> {
	try {
		const {data, positions} = await parseScenarioText(text, file);
		await checkScenario(data, {file, folder}, positions);
		return 'no error';
	} catch (error) {
		if (error instanceof ScenarioError) return error.message;
		throw error;
	}
}

/** The documented origin in these files. */
export const origin = 'https://api.example.test';

/** A file with these routes; `top` stands before them. */
export function routes(text: string, top = ''): string {
	return `name: bad\n${top}routes:\n${text}`;
}

/** A file with one route that has this response. */
export function answering(response: string): string {
	return routes(`  - request: POST ${origin}/users\n    response: ${response}\n`);
}

/** A file with one route for this request. */
export function asking(request: string): string {
	return routes(`  - request: ${request}\n    response: { status: 204 }\n`);
}
