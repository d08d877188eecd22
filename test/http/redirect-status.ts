import test from 'ava';
import {allowsMethod, isRedirectStatus, preservesMethod} from '../../src/http/redirect-status.ts';

test('the redirect statuses are those of the Fetch Standard', t => {
	const all = Array.from({length: 600}, (_, status) => status);
	t.deepEqual(all.filter(isRedirectStatus), [301, 302, 303, 307, 308]);
});

test('307 and 308 preserve the method', t => {
	const all = [301, 302, 303, 307, 308] as const;
	t.deepEqual(all.filter(preservesMethod), [307, 308]);
});

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'QUERY'] as const;
const changes = methods.flatMap(from => methods.map(to => `${from} ${to}`));
const same = methods.map(method => `${method} ${method}`);

const rows = [
	[301, [...same, 'POST GET']],
	[302, [...same, 'POST GET']],
	[303, changes.filter(change => / (?:GET|HEAD)$/.test(change))],
	[307, same],
	[308, same],
] as const;

for (const [status, allowed] of rows)
	test(`a ${status} allows what its section says and nothing else`, t => {
		const found = changes.filter(change => {
			const [from = '', to = ''] = change.split(' ');
			return allowsMethod(status, from, to);
		});
		t.deepEqual(found.sort(), [...allowed].sort());
	});
