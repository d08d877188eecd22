import test from 'ava';
import {joined} from '../helpers/fuzzed/bytes.ts';
import {fuzz} from '../helpers/fuzzed/fuzz.ts';
import {http1Requests} from '../helpers/fuzzed/http1.ts';
import {visitWith} from '../helpers/fuzzed/visit.ts';
import {connectTo} from '../helpers/raw-client.ts';

test('no bytes on a plain connection make the double crash, hang, print or leave anything open', t =>
	fuzz(t, visitWith(joined(http1Requests)), async ({plain}) => (await connectTo(plain)).socket));
