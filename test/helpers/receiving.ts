import {createServer, type Socket} from 'node:net';
import {createApp} from '../../src/app/app.ts';
import {createAuthority} from '../../src/doors/authority.ts';
import type {Limits} from '../../src/doors/limits.ts';
import {Reception} from '../../src/doors/reception.ts';
import type {Recorder} from '../../src/journal/recorder.ts';
import type {ScenarioInput} from '../../src/scenario/types.ts';
import {appPartsOf} from './app-parts.ts';

/** A listener for the first origin of a scenario, with limits of its own. */
export interface Receiving extends AsyncDisposable {
	/** Where it listens, such as `http://127.0.0.1:41300`. */
	readonly url: string;
	readonly recorder: Recorder;
}

/** Opens such a listener; with `tls`, TLS begins on its connections. */
export async function receiving(
	source: ScenarioInput,
	limits: Limits,
	kind: 'plain' | 'tls' = 'plain',
): Promise<Receiving> {
	const parts = await appPartsOf(source);
	const {recorder} = parts;
	const [origin = ''] = parts.stage.production.compiled.origins;
	const reception = new Reception(createApp(origin, parts), origin, recorder, limits);
	const leaf = kind === 'tls' ? await (await createAuthority()).leafFor('a.test') : undefined;
	const start = {peer: '', door: 'listener'} as const;
	const server = createServer({allowHalfOpen: true, noDelay: true}, (socket: Socket) => {
		if (leaf) reception.secure(socket, start, leaf);
		else reception.plain(socket, start);
	});
	await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('It has no port.');
	return {
		url: `http://127.0.0.1:${address.port}`,
		recorder,
		async [Symbol.asyncDispose]() {
			const closed = new Promise(resolve => server.close(resolve));
			await Promise.all([reception.close(), closed]);
			await recorder.close();
		},
	};
}
