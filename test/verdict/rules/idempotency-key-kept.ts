import {idempotencyKeyKept} from '../../../src/verdict/rules/idempotency-key-kept.ts';
import {buildHop, type RequestData} from '../../helpers/build-hop.ts';
import {hopRuleTests} from '../../helpers/rule-table.ts';

const [api, cdn] = ['https://api.example.test', 'https://cdn.example.test'];
const body = '{"amount":5}';
const hop = (
	before: Readonly<Record<string, string>>,
	after: Readonly<Record<string, string>>,
	then: Partial<RequestData> = {},
	status = 307,
) =>
	buildHop(
		{request: `POST ${api}/v1`, headers: before, body},
		{status, location: `${api}/v2`},
		{request: `POST ${api}/v2`, headers: after, body, ...then},
	);
const key = {'Idempotency-Key': '"8e03978e"'};
const lost = {
	expected: 'Idempotency-Key: "8e03978e"',
	actual: 'no Idempotency-Key',
	cause: 'the follow-up was built anew, without the key of the call',
};
const unknown = {
	reason: 'the bodies are not known to be equal, and another body may need another key',
};
const another = {reason: 'the follow-up is another request, to which the key does not belong'};

hopRuleTests(idempotencyKeyKept, [
	['a request without a key is not its matter', hop({}, key), 'not asked'],
	['the same key keeps it', hop(key, {'idempotency-key': '"8e03978e"'}), 'kept'],
	['the same key with another body keeps it', hop(key, key, {body: '{}'}), 'kept'],
	['a lost key breaks it', hop(key, {}), lost],
	['a key lost at another origin breaks it', hop(key, {}, {request: `POST ${cdn}/v2`}), lost],
	[
		'another key breaks it',
		hop(key, {'Idempotency-Key': '"1f2"'}),
		{
			expected: 'Idempotency-Key: "8e03978e"',
			actual: 'Idempotency-Key: "1f2"',
			cause: 'the key is made for each request on the wire, and not for each call',
		},
	],
	['another key for another body is not observed', hop(key, {}, {body: '{}'}), unknown],
	['a body that did not come whole is not observed', hop(key, {}, {cut: 'off'}), unknown],
	['another method is not observed', hop(key, {}, {request: `GET ${api}/v2`}, 302), another],
	['a 303 is not observed', hop(key, {}, {}, 303), another],
]);
