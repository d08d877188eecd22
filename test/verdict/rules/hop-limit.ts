import {hopLimit} from '../../../src/verdict/rules/hop-limit.ts';
import {buildChain} from '../../helpers/build-hop.ts';
import {chainRuleTests} from '../../helpers/rule-table.ts';

const line = (requests: number) =>
	Array.from({length: requests}, (_, i) => `https://api.example.test/${i}`);

chainRuleTests(hopLimit, [
	['20 redirects that end are not its matter', buildChain(line(21), 'final'), 'not asked'],
	['a declined redirect 21 keeps it', buildChain(line(21), 'declined'), 'kept'],
	[
		'a redirect 21 that waits is not observed',
		buildChain(line(21), 'waiting'),
		{reason: 'redirect 21 still waits for a follow-up'},
	],
	[
		'a followed redirect 21 breaks it',
		buildChain(line(22), 'final'),
		{
			expected: 'at most 20 redirects followed',
			actual: '21 redirects followed',
			cause: 'the client has another limit, or none',
		},
	],
	[
		'a circle past 50 is left to loops-stopped',
		buildChain([...line(40), ...line(40)], 'declined'),
		'not asked',
	],
]);
