import type {ScenarioInput} from '../../src/scenario/types.ts';
import {move, origin} from './seed-scenarios.ts';
import type {Statement} from './seed-statements.ts';

const forAYear = {Location: `${origin}/new`, 'Cache-Control': 'max-age=31536000'};

/** Advice to servers: the check, what it objects to, and what it asks for instead. */
export const advice: readonly [
	Statement,
	check: string,
	pitfall: ScenarioInput,
	right: ScenarioInput,
][] = [
	[
		'Return 307 for temporary API or infrastructure moves that cannot tolerate method rewriting',
		'move-rewritten',
		move('POST', {status: 302}),
		move('POST', {status: 307}),
	],
	[
		'Choose 307 over 302 when non-GET behavior must remain exact',
		'found-for-unsafe-method',
		move('PUT', {status: 302}),
		move('PUT', {status: 307}),
	],
	[
		'Do not use 307 if you actually want the redirected request to switch to GET',
		'get-only-target',
		move('POST', {status: 307}, 'GET'),
		move('POST', {status: 303}, 'GET'),
	],
	[
		'Do not mark a long-term move as temporary if clients should update their stored URIs',
		'cached-for-long',
		move('*', {status: 307, headers: forAYear}),
		move('*', {status: 308, headers: forAYear}),
	],
	[
		'Permanent redirects; use 308',
		'claims-permanence',
		move('POST', {status: '307 Moved Permanently'}),
		move('POST', {status: 308}),
	],
	[
		'Simple temporary browser redirects where method preservation is irrelevant and 302 is acceptable',
		'found-would-do',
		move('GET', {status: 307}),
		move('GET', {status: 302}),
	],
];
