import test from 'ava';
import {requestFieldsOf} from '../../src/app/request-fields.ts';

test('equal lines are one frozen list', t => {
	const {lines} = requestFieldsOf(['Host', 'a', 'X-Tag', '1']);
	t.is(requestFieldsOf(['Host', 'a', 'X-Tag', '1']).lines, lines);
	t.deepEqual(lines, [
		['Host', 'a'],
		['X-Tag', '1'],
	]);
	t.true(Object.isFrozen(lines) && lines.every(line => Object.isFrozen(line)));
});

test('lines that differ in case, in order or in where a name ends are different ones', t => {
	const {lines} = requestFieldsOf(['A', 'b', 'C', '']);
	for (const other of [
		['a', 'b', 'C', ''],
		['C', '', 'A', 'b'],
		['A', '', 'b', 'C'],
		['A', 'b'],
	])
		t.notDeepEqual(requestFieldsOf(other).lines, lines);
});

test('the fields tell how a body is framed, and whether one is to come', t => {
	const told = (...raw: string[]) => {
		const {framing, announcesBody} = requestFieldsOf(raw);
		return [framing, announcesBody];
	};
	t.deepEqual(told(), ['none', false]);
	t.deepEqual(told('content-length', '0'), ['content-length', false]);
	t.deepEqual(told('Content-Length', '12'), ['content-length', true]);
	t.deepEqual(told('Transfer-Encoding', 'chunked'), ['chunked', true]);
	t.deepEqual(told('Content-Length', '0', 'TRANSFER-ENCODING', 'chunked'), ['chunked', true]);
});

test('the fields tell which host is named first, and whether 100 is waited for', t => {
	const {host, expectsContinue} = requestFieldsOf([
		'Host',
		'a',
		'host',
		'b',
		'Expect',
		'100-Continue',
	]);
	t.deepEqual([host, expectsContinue], ['a', true]);
	const none = requestFieldsOf(['Expect', '200-ok']);
	t.deepEqual([none.host, none.expectsContinue], [undefined, false]);
});
