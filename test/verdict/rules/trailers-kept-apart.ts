import type {HeaderLines} from '../../../src/http/header-lines.ts';
import {trailersKeptApart} from '../../../src/verdict/rules/trailers-kept-apart.ts';
import {buildHop} from '../../helpers/build-hop.ts';
import {hopRuleTests} from '../../helpers/rule-table.ts';

const [old, moved] = ['https://api.example.test/v1', 'https://api.example.test/v2'];
const chunked = {body: 'Ada', length: 'chunked'} as const;
const sum = [['X-Checksum', 'abc']] as const;
interface Sides {
	readonly before?: HeaderLines;
	readonly trailers?: HeaderLines;
	readonly after?: HeaderLines;
	readonly afterwards?: HeaderLines;
}
const hop = ({before = [], trailers = sum, after = [], afterwards = []}: Sides) =>
	buildHop(
		{request: `PUT ${old}`, ...chunked, headers: before, trailers},
		{status: 307, location: moved},
		{request: `PUT ${moved}`, ...chunked, headers: after, trailers: afterwards},
	);
const mapped =
	'the client keeps header and trailer fields in one map, and sends all of it as the head';
const anew = {reason: 'the fields may have been made for the header section of the follow-up'};

hopRuleTests(trailersKeptApart, [
	['without trailer fields it is not asked', hop({trailers: [], after: sum}), 'not asked'],
	['trailer fields that are sent as such again keep it', hop({afterwards: sum}), 'kept'],
	['those that are left out keep it', hop({}), 'kept'],
	[
		'one that is among the header fields breaks it',
		hop({after: [['x-checksum', 'abc']]}),
		{expected: 'no X-Checksum among the header fields', actual: 'X-Checksum: abc', cause: mapped},
	],
	[
		'secrets among them are masked, and bytes escaped',
		hop({
			trailers: [...sum, ['X-Api-Key', 's3cret'], ['X-Note', 'a\tb\x1b']],
			after: [
				['X-Api-Key', 's3cret'],
				['X-Note', 'a\tb\x1b'],
			],
		}),
		{
			expected: 'no X-Api-Key among the header fields\nno X-Note among the header fields',
			actual: 'X-Api-Key: ***\nX-Note: a\\tb\\x1b',
			cause: mapped,
		},
	],
	['a field that was in both from the start keeps it', hop({before: sum, after: sum}), 'kept'],
	['another value may have been made for the follow-up', hop({after: [['X-Checksum', 'd']]}), anew],
	[
		'Content-Digest may be moved by its definition',
		hop({
			trailers: [['Content-Digest', 'sha-256=:a:']],
			after: [['content-digest', 'sha-256=:a:']],
		}),
		anew,
	],
]);
