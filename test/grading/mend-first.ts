import test from 'ava';
import {harmOf, harms} from '../../src/grading/harm.ts';
import {gradeClient} from '../../src/index.ts';
import {rules} from '../../src/verdict/rules/index.ts';
import type {Finding} from '../../src/verdict/verdict.ts';
import {type Client, createClient} from '../clients/conforming.ts';
import {deviants} from '../clients/deviants.ts';
import {adapterOf} from '../helpers/graded.ts';

const finding = (rule: string, level: Finding['level']): Finding => ({
	rule,
	level,
	statement: '',
	source: {document: '', url: '', passage: ''},
	outcome: 'broken',
	hop: 1,
	exchanges: [],
});

const nothing = {exchanges: [], hops: [], isReportedWell: () => true};

for (const {id, level} of rules)
	test(`a broken ${id} (${level}) has a harm, and is a matter of policy only when it is one`, t => {
		const harm = harmOf(finding(id, level), nothing);
		t.true(harms.includes(harm));
		t.is(harm === 'a matter of policy', level === 'policy');
	});

test('what loses content comes first, then leaked secrets, then what is only missing', async t => {
	const several: Client = call => {
		const client = call.request.includes('checkout')
			? deviants['authorization-withheld']
			: call.request.startsWith('PUT')
				? deviants['headers-kept']
				: deviants['body-preserved'];
		return (client?.create() ?? createClient())(call);
	};
	const scenarios = ['upload-reroute', 'cross-origin', 'api-move'];
	const headers = [['Accept', '*/*']] as const;
	const client: Client = call => several({...call, headers: [...headers, ...(call.headers ?? [])]});
	const {mend} = await gradeClient(adapterOf(client), {scenarios});
	t.deepEqual(
		mend.map(({harm, rule}) => [harm, rule]),
		[
			['content is lost, and the client reports success', 'body-preserved'],
			['secrets reach another origin', 'authorization-withheld'],
			['what the source asks for is missing', 'headers-kept'],
		],
	);
});

test('content is lost as well where the success comes at the end of a chain', async t => {
	const client = deviants['body-preserved']?.create() ?? createClient();
	const {mend} = await gradeClient(adapterOf(client), {scenarios: ['chain-of-three']});
	t.is(mend[0]?.harm, 'content is lost, and the client reports success');
});

test('a client that tells its caller of an error reports no success', async t => {
	const client = deviants['body-preserved']?.create() ?? createClient();
	const honest: Client = async call => {
		await client(call);
		throw new Error('the body could not be sent again');
	};
	const {mend} = await gradeClient(adapterOf(honest), {scenarios: ['api-move']});
	t.is(mend[0]?.harm, 'what the source asks for is missing');
});
