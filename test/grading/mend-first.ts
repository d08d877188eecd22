import test from 'ava';
import {harmByRule, harmOf, harms} from '../../src/grading/harm.ts';
import {type ClientAdapter, FollowthroughError, gradeClient} from '../../src/index.ts';
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

test('the table of harms has each rule that is no policy, and no other', t => {
	const counting = rules.filter(({level}) => level !== 'policy').map(({id}) => id);
	t.deepEqual(Object.keys(harmByRule).toSorted(), counting.toSorted());
});

test('that the client hangs or crashes is said only of a rule that is broken by nothing else', t => {
	const such = Object.entries(harmByRule).filter(([, harm]) => /hangs/.test(harm));
	t.deepEqual(
		such.map(([rule]) => rule),
		['early-answer-noticed'],
	);
});

const modest = [
	'no-expectation-without-content',
	'userinfo-not-used',
	'content-headers-removed',
	'digest-names-target',
];

for (const rule of modest)
	test(`nothing is claimed of a broken ${rule} but that the source asks for something else`, t => {
		t.is(harmByRule[rule], 'what the source asks for is not done');
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
			['secrets reach those they are not for', 'authorization-withheld'],
			['what the source asks for is not done', 'headers-kept'],
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
	t.is(mend[0]?.harm, 'what the source asks for is not done');
});

test('the example of what to mend is of the shortest journal, and its scenario is named', async t => {
	const client = deviants['body-preserved']?.create() ?? createClient();
	const {mend} = await gradeClient(adapterOf(client), {scenarios: ['chain-of-three', 'api-move']});
	t.like(mend[0], {
		rule: 'body-preserved',
		scenarios: ['chain-of-three', 'api-move'],
		exampleIn: 'api-move',
	});
	t.deepEqual(mend[0]?.example?.exchanges, [1, 2]);
});

test('of a client that crashed the scenario is named that the words are of', async t => {
	const crashing: ClientAdapter = async () => {
		throw new FollowthroughError('CLIENT_CRASHED', 'signal SIGSEGV');
	};
	const {mend} = await gradeClient(crashing, {scenarios: ['chain-of-three', 'api-move']});
	t.deepEqual(mend, [
		{
			harm: 'the client hangs or crashes',
			what: 'the client crashed: signal SIGSEGV',
			scenarios: ['chain-of-three', 'api-move'],
			exampleIn: 'chain-of-three',
		},
	]);
});
