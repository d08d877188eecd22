import test from 'ava';
import fc from 'fast-check';
import {joined} from '../helpers/fuzzed/bytes.ts';
import {http2Conversation} from '../helpers/fuzzed/frames.ts';
import {fuzz} from '../helpers/fuzzed/fuzz.ts';
import {secureTo} from '../helpers/fuzzed/honest.ts';
import {visitWith} from '../helpers/fuzzed/visit.ts';
import {connectTo} from '../helpers/raw-client.ts';

const visit = fc
	.tuple(visitWith(joined(http2Conversation)), fc.boolean())
	.map(([each, isSecure]) => ({...each, isSecure}));

test('no frames of HTTP/2 make the double crash, hang, print or leave anything open', t =>
	fuzz(t, visit, async ({plain, secure, ca}, {isSecure}) =>
		isSecure ? secureTo(secure, ca, 'h2') : (await connectTo(plain)).socket,
	));
