import test from 'ava';
import {didYouMean, nearName, nearNames} from '../../src/scenario/near-name.ts';

const names = ['api-move', 'upload-reroute', 'patch-move', 'GET', 'PUT', 'POST'];

const nearest = test.macro({
	exec(t, given: string, expected: string | undefined) {
		t.is(nearName(given, names), expected);
	},
	title: (_, given, expected) => `"${given}" is near to ${expected ?? 'nothing'}`,
});

test(nearest, 'api-mvoe', 'api-move');
test(nearest, 'upload_reroute', 'upload-reroute');
test(nearest, 'get', 'GET');
test(nearest, 'PSOT', 'POST');
test(nearest, 'something-else', undefined);
test(nearest, '', undefined);

test('several near names come nearest first, at most three', t => {
	t.deepEqual(nearNames('PUTT', ['POST', 'PUT', 'PATCH', 'GET', 'PUTS']), ['PUT', 'PUTS', 'POST']);
});

test('without a near name nothing is suggested', t => {
	t.is(didYouMean('zebra', names), '');
	t.is(didYouMean('PTU', names), '; did you mean "PUT"?');
});
