import test from 'ava';
import {gradeClient} from '../../src/index.ts';
import {createClient} from '../clients/conforming.ts';
import {adapterOf} from '../helpers/graded.ts';

test('all shipped scenarios can be played at once', async t => {
	const client = adapterOf(createClient({limit: 19}));
	const {scenarios} = await gradeClient(client, {concurrency: 1000});
	// How well a client does that has so many peers is no matter of this test.
	t.deepEqual(
		scenarios.filter(({calls}) => calls.length === 0),
		[],
	);
});
