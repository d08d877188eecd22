import {expectationRepeated} from '../../../src/verdict/rules/expectation-repeated.ts';
import {buildHop, type RequestData} from '../../helpers/build-hop.ts';
import {hopRuleTests} from '../../helpers/rule-table.ts';

const [old, moved] = ['https://api.example.test/v1', 'https://api.example.test/v2'];
type Half = Omit<RequestData, 'request'>;
const plain: Half = {body: 'Ada'};
const expecting: Half = {...plain, headers: {Expect: '100-continue'}};
const hop = (then: Half, first = expecting, methods = 'PUT PUT', status = 307) => {
	const [before = '', after = ''] = methods.split(' ');
	return buildHop(
		{request: `${before} ${old}`, ...first},
		{status, location: moved},
		{request: `${after} ${moved}`, ...then},
	);
};
const enforced = {scenario: {enforce: ['expectation-repeated']}};

hopRuleTests(expectationRepeated, [
	['an expectation that is there again keeps it', hop(expecting), 'kept'],
	['it does so in another case', hop({...plain, headers: {expect: '100-Continue'}}), 'kept'],
	[
		'one that a client has made by itself it may leave out',
		hop(plain),
		{
			reason:
				'a client may leave out an expectation that it made itself; where its server wants one, let the scenario enforce expectation-repeated',
		},
	],
	[
		'one that is gone breaks it where the scenario enforces it',
		hop(plain),
		{
			expected: 'Expect: 100-continue',
			actual: 'no such Expect',
			cause: 'the client, or its caller, asks for 100 on the first request alone',
		},
		enforced,
	],
	['without one from the start it is not asked', hop(plain, plain), 'not asked', enforced],
	['one without content is not its matter', hop({body: ''}), 'not asked', enforced],
	['a changed method is not', hop({}, expecting, 'POST GET', 302), 'not asked', enforced],
	['303 is not', hop(plain, expecting, 'POST POST', 303), 'not asked', enforced],
	['HTTP/1.0 knows no expectations', hop({...plain, httpVersion: '1.0'}), 'not asked', enforced],
]);
