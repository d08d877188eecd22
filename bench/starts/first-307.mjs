// What is started once is plain JavaScript: it must not pay for types that are stripped.
import http, {Agent} from 'node:http';

/** Such as `POST` with a body of 200 bytes, as the load sends it. */
const body = JSON.stringify({
	name: 'Ada Lovelace',
	email: 'ada@example.test',
	note: 'x'.repeat(139),
});
const agent = new Agent({keepAlive: false});

/** Sends one request; resolves when a 307 to the right place came. @param {string} origin */
export function first307(origin) {
	return new Promise((resolve, reject) => {
		// By its object, where msw and nock put their own.
		const sent = http.request(`${origin}/api/v1/users`, {
			method: 'POST',
			agent,
			headers: {'Content-Type': 'application/json', 'Content-Length': body.length},
		});
		sent.once('error', reject);
		sent.once('response', response => {
			response.resume();
			const {statusCode, headers} = response;
			if (statusCode === 307 && headers.location?.endsWith('/api/v2/users')) resolve();
			else reject(new Error(`${statusCode} came, with Location ${headers.location}.`));
		});
		sent.end(body);
	});
}

/**
 * Measures an import, a start and a first redirect in this process, and a further start, and tells.
 *
 * @template Module
 * @param {() => Promise<Module>} load imports what is measured
 * @param {(module: Module) => Promise<{origin: string, close: () => unknown}>} start
 */
export async function measure(load, start) {
	const began = performance.now();
	const module = await load();
	const loaded = performance.now();
	const {origin, close} = await start(module);
	const started = performance.now();
	await first307(origin);
	const answered = performance.now();
	await close();
	const further = [];
	for (let time = 0; time < 20; time++) {
		const before = performance.now();
		const again = await start(module);
		further.push(performance.now() - before);
		await again.close();
	}
	further.sort((a, b) => a - b);
	process.send?.({
		load: loaded - began,
		start: started - loaded,
		first: answered - started,
		all: answered - began,
		further: further[further.length >> 1],
	});
	process.disconnect?.();
	// Some keep a process alive that has nothing more to do.
	process.exitCode = 0;
	setTimeout(() => process.exit(), 100).unref();
}
