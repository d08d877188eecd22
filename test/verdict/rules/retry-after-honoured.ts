import {retryAfterHonoured} from '../../../src/verdict/rules/retry-after-honoured.ts';
import {buildHop} from '../../helpers/build-hop.ts';
import {hopRuleTests} from '../../helpers/rule-table.ts';

const [old, moved] = ['https://api.example.test/v1', 'https://api.example.test/v2'];
/** The redirect is handed over at 1000 ms. */
const hop = (retryAfter: string | undefined, at = 1003) =>
	buildHop(
		{request: `GET ${old}`},
		{
			status: 307,
			location: moved,
			at: 1000,
			headers: retryAfter === undefined ? [] : [['Retry-After', retryAfter]],
		},
		{request: `GET ${moved}`, at},
	);
const enforced = {scenario: {enforce: ['retry-after-honoured']}};
const noNumber = {reason: 'Retry-After names no number of seconds'};

hopRuleTests(retryAfterHonoured, [
	['a redirect that asks for nothing is not its matter', hop(undefined), 'not asked', enforced],
	['a client that waits as long keeps it', hop('2', 3000), 'kept'],
	['one that waits longer does', hop('2', 30_000), 'kept'],
	['a timer that goes off a little early keeps it', hop('2', 2995), 'kept', enforced],
	['no second need not be waited for', hop('0'), 'kept', enforced],
	[
		'hardly any client waits',
		hop('120'),
		{
			reason:
				'the client did not wait, as hardly any does; where it is to wait, let the scenario enforce retry-after-honoured',
		},
	],
	[
		'one that does not wait breaks it where the scenario enforces it',
		hop('120'),
		{
			expected: 'the follow-up after 120 s, as Retry-After asks',
			actual: 'the follow-up after 0.003 s',
			cause: 'the client reads Retry-After at 429 and 503 alone, or not at all',
		},
		enforced,
	],
	[
		'a date is read by another clock',
		hop('Fri, 31 Dec 1999 23:59:59 GMT'),
		{reason: 'Retry-After names a date, which is to be read by the clock of the client'},
		enforced,
	],
	['a fraction is no number of seconds', hop('1.5'), noNumber, enforced],
	['words are none', hop('soon'), noNumber, enforced],
	['two values are none', hop('1, 2'), noNumber, enforced],
]);
