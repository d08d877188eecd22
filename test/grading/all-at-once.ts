import test from 'ava';
import {gradeClient} from '../../src/index.ts';
import {createClient} from '../clients/conforming.ts';
import {adapterOf} from '../helpers/graded.ts';

test('all shipped scenarios can be played at once', async t => {
	const client = adapterOf(createClient({limit: 19}));
	const grade = await gradeClient(client, {concurrency: 1000});
	t.is(grade.why, undefined);
});
