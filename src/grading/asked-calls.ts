import {readFile} from 'node:fs/promises';
import {FollowthroughError} from '../errors.ts';
import {type CallBody, callContent} from '../scenario/call-content.ts';
import {repeated} from '../scenario/compile-body.ts';
import type {LoadedScenario} from '../scenario/loaded.ts';
import type {DocumentedCall} from './client-adapter.ts';

/**
 * The documented calls of a scenario, as a client is asked to make them.
 *
 * @param urlOf gives the local form of a documented URL
 * @throws FollowthroughError SCENARIO_UNREADABLE when the file of a body can't be read
 */
export async function askedCalls(
	{scenario, file, folder}: LoadedScenario,
	urlOf: (documented: string) => string,
): Promise<DocumentedCall[]> {
	return Promise.all(
		scenario.calls.map(async (call, index) => {
			const [method = '', documented = ''] = call.request.split(' ');
			const {body, ...content} = callContent(call, folder);
			const bytes = body && (await bytesOf(body, `${file}: /calls/${index}`));
			return {
				method,
				url: urlOf(documented),
				documented,
				...content,
				...(bytes && {body: bytes}),
				scenario: scenario.name,
			};
		}),
	);
}

async function bytesOf(body: CallBody, where: string): Promise<Uint8Array<ArrayBuffer>> {
	if (body.kind === 'text') return new TextEncoder().encode(body.text);
	if (body.kind === 'bytes') return new Uint8Array(body.bytes);
	if (body.kind === 'repeated') return new Uint8Array(repeated(body.bytes, body.times));
	try {
		return new Uint8Array(await readFile(body.path));
	} catch (cause) {
		const why = cause instanceof Error ? cause.message : String(cause);
		throw new FollowthroughError(
			'SCENARIO_UNREADABLE',
			`${where}: the body can't be read: ${why}`,
			{
				cause,
			},
		);
	}
}
