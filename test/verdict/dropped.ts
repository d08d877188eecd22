import test from 'ava';
import {startDouble} from '../../src/index.ts';

test('a follow-up whose redirect was dropped from the journal is not taken for a call of its own', async t => {
	await using double = await startDouble('api-move', {maxExchanges: 3});
	const url = double.urlOf('https://api.example.test/api/v1/users');
	for (let call = 0; call < 6; call++) {
		const response = await fetch(url, {method: 'POST', body: '{"name":"Ada"}'});
		await response.arrayBuffer();
	}
	await double.settle({quiet: 1});
	t.true(double.journal.dropped > 0);
	t.deepEqual(double.verdict().broken, []);
});
