import {interimNotFollowed} from '../../../src/verdict/rules/interim-not-followed.ts';
import {buildExchange, hopOf, type RequestData} from '../../helpers/build-hop.ts';
import {exchangeRuleTests} from '../../helpers/rule-table.ts';

const [old, moved, decoy] = ['v1', 'v2', 'decoy'].map(path => `https://api.example.test/${path}`);
const hints = (location: string, status = 103) => {
	return {status, headers: [['Location', location]] as const, sentAt: 12};
};
const told = (location = '/decoy', status = 307) =>
	buildExchange(
		1,
		{request: `POST ${old}`, body: 'Ada'},
		{status, ...(status === 307 && {location: moved ?? ''}), interim: [hints(location)]},
	);
const then = (url = '', more: Partial<RequestData> = {}) =>
	buildExchange(2, {request: `POST ${url}`, body: 'Ada', ...more}, {status: 200});
const cause = 'the client took an interim response for the final one';
const led = {
	expected: 'no request to the Location of the interim response',
	actual: `exchange 2: POST ${decoy}`,
	cause,
};
const [redirected, rightly, misled] = [told(), then(moved), then(decoy)];

exchangeRuleTests(interimNotFollowed, [
	[
		'a response alone is not its matter',
		[buildExchange(1, {request: `POST ${old}`}, {status: 200})],
		'not asked',
	],
	['a 103 without a Location is not its matter', [plain()], 'not asked'],
	['a 103 that leads where the redirect leads shows nothing', [told('/v2')], 'not asked'],
	[
		'a client that follows the redirect keeps it',
		[redirected, rightly],
		'kept',
		{hops: [hopOf(1, redirected, rightly)]},
	],
	[
		'a follow-up at the Location of the 103 breaks it',
		[redirected, misled],
		{
			expected: `a request to ${moved}, the Location of the final response`,
			actual: `exchange 2: POST ${decoy}`,
			cause,
		},
		{hops: [hopOf(1, redirected, misled)]},
	],
	[
		'the same content at the Location of a 103 before a 200 breaks it',
		[told('/decoy', 200), misled],
		led,
	],
	[
		'a resource that is loaded because of a Link is another request',
		[told('/decoy', 200), buildExchange(2, {request: 'GET https://api.example.test/style.css'})],
		'kept',
	],
	[
		'a request with other content may be a call of its own',
		[told('/decoy', 200), then(decoy, {body: 'Eva'})],
		{
			reason:
				'exchange 2 went to the address in its interim response, and the wire does not show whether this answer caused it; a per-call header would',
		},
	],
	[
		'a client that took the 103 for the final response and stopped shows nothing',
		[told()],
		{reason: 'no later call came from which it could be seen'},
	],
]);

function plain() {
	return buildExchange(1, {request: `POST ${old}`}, {status: 307, location: '/v2', interim: [103]});
}
