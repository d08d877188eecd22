import test from 'ava';
import {documentFields} from '../../src/exports/documented-fields.ts';

const document = documentFields({
	origins: [
		{documented: 'https://api.example.test', url: 'http://127.0.0.1:4000'},
		{documented: 'http://files.example.test:8080', url: 'http://127.0.0.1:40001'},
		{documented: 'https://far.example.test', url: 'https://double.test:4002'},
	],
	formerOrigins: [
		{documented: 'https://old.example.test', url: 'http://127.0.0.1:4010'},
		{documented: 'https://older.example.test', url: 'http://127.0.0.1:4000'},
	],
});

for (const [name, value, documented] of [
	['Host', '127.0.0.1:4000', 'api.example.test'],
	['host', 'LOCALHOST:4000', 'api.example.test'],
	['Host', '127.0.0.1:40001', 'files.example.test:8080'],
	['Host', 'double.test:4002', 'far.example.test'],
	['Host', 'localhost:4010', 'old.example.test'],
	['Location', 'http://127.0.0.1:4010/a', 'https://old.example.test/a'],
	['Host', '127.0.0.1:4003', '127.0.0.1:4003'],
	['Host', 'other.example.test', 'other.example.test'],
	['Origin', 'http://127.0.0.1:4000', 'https://api.example.test'],
	['Referer', 'http://[::1]:40001/a?b', 'http://files.example.test:8080/a?b'],
	['Location', 'https://localhost:4000/a', 'https://api.example.test/a'],
	['Link', '<http://127.0.0.1:4000/a>, <b>', '<https://api.example.test/a>, <b>'],
	['X-Port', 'http://127.0.0.1:40009/', 'http://127.0.0.1:40009/'],
	['X-Host', '127.0.0.1:4000', '127.0.0.1:4000'],
] as const)
	test(`${name}: ${value} is told as ${documented}`, t => {
		t.deepEqual(document([[name, value]]), [[name, documented]]);
	});
