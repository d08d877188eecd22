import {loopsStopped} from '../../../src/verdict/rules/loops-stopped.ts';
import {buildChain} from '../../helpers/build-hop.ts';
import {chainRuleTests} from '../../helpers/rule-table.ts';

const [a, b] = ['https://api.example.test/a', 'https://api.example.test/b'];
const ring = (requests: number) => Array.from({length: requests}, (_, i) => (i % 2 === 0 ? a : b));

chainRuleTests(loopsStopped, [
	['a chain without a circle is not its matter', buildChain([a, b], 'final'), 'not asked'],
	['a circle that was left by declining keeps it', buildChain(ring(21), 'declined'), 'kept'],
	[
		'a circle that still waits is not observed',
		buildChain(ring(21), 'waiting'),
		{reason: 'the last redirect still waits for a follow-up'},
	],
	[
		'a circle that the server ended is not observed',
		buildChain([a, a], 'final'),
		{reason: 'the circle was left by another response than a redirect'},
	],
	['50 redirects in a circle keep it', buildChain(ring(51), 'declined'), 'kept'],
	[
		'51 redirects in a circle break it',
		buildChain(ring(52), 'declined'),
		{
			expected: 'an end after 50 redirects at the latest',
			actual: `51 redirects followed, in a circle through GET ${a}`,
			cause: 'the client has no limit, or one far above any that is usual',
		},
	],
]);
