import {locationsNotJoined} from '../../../src/verdict/rules/locations-not-joined.ts';
import {buildExchange} from '../../helpers/build-hop.ts';
import {exchangeRuleTests} from '../../helpers/rule-table.ts';

const [old, left, right] = ['v1', 'left', 'right'].map(path => `https://api.example.test/${path}`);
const told = (first = left, second = right, status = 307) =>
	buildExchange(
		1,
		{request: `POST ${old}`},
		{status, location: first ?? '', headers: [['Location', second ?? '']]},
	);
const then = (url = '') => buildExchange(2, {request: `POST ${url}`}, {status: 200});
const joined = (url: string) => ({
	expected: 'a request to one of the Locations, or none',
	actual: `exchange 2: POST ${url}`,
	cause: 'the client joined the Locations with a comma, and took the result for one',
});

exchangeRuleTests(locationsNotJoined, [
	['the same Location twice is one', [told(left, left)], 'not asked'],
	['another status is not its matter', [told(left, right, 201)], 'not asked'],
	['the first of them keeps it', [told(), then(left)], 'kept'],
	['the second of them keeps it', [told(), then(right)], 'kept'],
	['nothing more in all of a graded call keeps it', [told()], 'kept', {asked: {1: old ?? ''}}],
	[
		'nothing more shows nothing yet',
		[told()],
		{reason: 'no later call came from which it could be seen'},
	],
	[
		'both with a comma are no address',
		[told(), then(`${left},%20${right}`)],
		joined(`${left},%20${right}`),
	],
	[
		'both with a comma and no space are none either',
		[told('/left', '/right'), then(`${left},/right`)],
		joined(`${left},/right`),
	],
]);
