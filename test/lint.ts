import test from 'ava';
import {lint} from '../src/index.ts';

test('lint takes a name, a path or an object, as startDouble does', async t => {
	t.deepEqual(await lint('api-move'), []);
	t.deepEqual(
		(await lint('scenarios/documented/missing-location.yaml')).map(({id}) => id),
		(await lint('missing-location')).map(({id}) => id),
	);
	const [finding] = await lint({
		name: 'typo',
		routes: [
			{
				request: 'POST https://a.example.test/x',
				response: {status: 307, headers: {Location: 'https://a.exmaple.test/y'}},
			},
		],
	});
	t.is(finding?.id, 'target-missing');
});

test('lint refuses what is no scenario, as startDouble does', async t => {
	await t.throwsAsync(lint('api-mvoe'), {code: 'SCENARIO_UNKNOWN'});
});
