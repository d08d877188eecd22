import {type Client, createClient} from '../conforming.ts';
import {deviants} from '../deviants.ts';
import type {RealClient} from './client.ts';

/** The small client that does as the standards say, called like the real ones; it remembers nothing. */
export const conforming: RealClient = calledLikeReal('a conforming client', createClient());

/** A new client that begins its later calls where the redirect of an earlier one led. */
export function remembering(): RealClient {
	return calledLikeReal(
		'a client with a memory',
		deviants['original-address-kept-in-use']?.create(),
	);
}

/** A new client that follows 60 redirects in a circle. */
export function tireless(): RealClient {
	return calledLikeReal('a tireless client', deviants['loops-stopped']?.create());
}

function calledLikeReal(name: string, client: Client | undefined): RealClient {
	if (client === undefined) throw new Error(`There is no deviant for ${name}.`);
	return {
		name,
		async send({method, url, headers, body}) {
			const fields = Object.entries(headers);
			const {status} = await client({request: `${method} ${url}`, headers: fields, body});
			return status;
		},
	};
}
