import test from 'ava';
import fc from 'fast-check';
import {joined} from '../helpers/fuzzed/bytes.ts';
import {fuzz} from '../helpers/fuzzed/fuzz.ts';
import {handshakes} from '../helpers/fuzzed/handshakes.ts';
import {secureTo} from '../helpers/fuzzed/honest.ts';
import {http1Requests} from '../helpers/fuzzed/http1.ts';
import {visitWith} from '../helpers/fuzzed/visit.ts';
import {connectTo} from '../helpers/raw-client.ts';

const beneath = visitWith(joined(handshakes)).map(each => ({...each, isInside: false}));
const inside = visitWith(joined(http1Requests)).map(each => ({...each, isInside: true}));

test('no bytes beneath TLS or inside it make the double crash, hang, print or leave anything open', t =>
	fuzz(t, fc.oneof(beneath, inside), async ({secure, ca}, {isInside}) =>
		isInside ? secureTo(secure, ca, 'http/1.1') : (await connectTo(secure)).socket,
	));
