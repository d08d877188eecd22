import {loadScenario} from '../../../src/scenario/load.ts';
import type {Call} from '../../../src/scenario/types.ts';
import type {Method, RealRequest} from './client.ts';

const methods: readonly Method[] = [
	...(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const),
	...(['REPORT', 'SEARCH'] as const),
];

/** The calls of a shipped scenario, as requests for a double that plays it. */
export async function documentedCalls(
	name: string,
	urlOf: (documented: string) => string,
): Promise<RealRequest[]> {
	const {scenario} = await loadScenario(name);
	return scenario.calls.map(call => {
		const [word, documented = ''] = call.request.split(' ');
		const method = methods.find(each => each === word);
		if (method === undefined) throw new Error(`No client is asked to send "${call.request}".`);
		return {method, url: urlOf(documented), ...message(call)};
	});
}

function message({json, text, headers = {}}: Call): Pick<RealRequest, 'headers' | 'body'> {
	const fields = Object.entries(headers).map(([name, value]) => [name, String(value)]);
	const body = json === undefined ? text : JSON.stringify(json);
	const type = json === undefined ? [] : [['Content-Type', 'application/json']];
	return {
		headers: Object.fromEntries([...type, ...fields]),
		...(body !== undefined && {body}),
	};
}
