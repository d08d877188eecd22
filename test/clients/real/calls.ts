import {readFile} from 'node:fs/promises';
import {type CallBody, callContent} from '../../../src/scenario/call-content.ts';
import {loadScenario} from '../../../src/scenario/load.ts';
import type {Call} from '../../../src/scenario/types.ts';
import type {Method, RealRequest} from './client.ts';

const methods: readonly Method[] = [
	...(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const),
	...(['QUERY', 'PROPFIND', 'REPORT', 'SEARCH'] as const),
];

/** The calls of a shipped scenario, as requests for a double that plays it. */
export async function documentedCalls(
	name: string,
	urlOf: (documented: string) => string,
): Promise<RealRequest[]> {
	const {scenario, folder} = await loadScenario(name);
	return Promise.all(
		scenario.calls.map(async call => {
			const [word, documented = ''] = call.request.split(' ');
			const method = methods.find(each => each === word);
			if (method === undefined) throw new Error(`No client is asked to send "${call.request}".`);
			return {method, url: urlOf(documented), ...(await message(call, folder))};
		}),
	);
}

async function message(
	call: Call,
	folder: string | undefined,
): Promise<Pick<RealRequest, 'headers' | 'body'>> {
	const fields = Object.entries(call.headers ?? {}).map(([name, value]) => [name, String(value)]);
	const type = call.json === undefined ? [] : [['Content-Type', 'application/json']];
	const body = await bodyOf(callContent(call, folder).body);
	return {
		headers: Object.fromEntries([...type, ...fields]),
		...(body !== undefined && {body}),
	};
}

async function bodyOf(body: CallBody | undefined): Promise<RealRequest['body']> {
	if (body?.kind === 'text') return body.text;
	if (body?.kind === 'bytes') return new Uint8Array(body.bytes);
	if (body?.kind === 'repeated') return Buffer.from(body.bytes).toString('utf8').repeat(body.times);
	return body && readFile(body.path, 'utf8');
}
