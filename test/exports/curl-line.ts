import test from 'ava';
import {type CurlRequest, curlLine} from '../../src/exports/curl-line.ts';

const url = 'http://127.0.0.1:8080/users';
const text = {kind: 'text', text: 'a=1'} as const;
const type = ['Content-Type', 'text/plain'] as const;

const rows: {title: string; request: CurlRequest; line: string}[] = [
	{
		title: 'GET needs no option',
		request: {method: 'GET', url, headers: []},
		line: `curl -iL ${url}`,
	},
	{
		title: 'HEAD has one of its own',
		request: {method: 'HEAD', url, headers: []},
		line: `curl -IL ${url}`,
	},
	{
		title: 'POST is what a body stands for, so that curl may turn it into GET after a 303',
		request: {method: 'POST', url, headers: [type], body: text},
		line: `curl -iL -H 'Content-Type: text/plain' --data-raw a=1 ${url}`,
	},
	{
		title: 'a POST without a body has an empty one',
		request: {method: 'POST', url, headers: []},
		line: `curl -iL -H Content-Type: --data-raw '' ${url}`,
	},
	{
		title: 'any other method is named',
		request: {method: 'PUT', url, headers: [type], body: text},
		line: `curl -iL -X PUT -H 'Content-Type: text/plain' --data-raw a=1 ${url}`,
	},
	{
		title: 'GET with a body is named',
		request: {method: 'GET', url, headers: [type], body: text},
		line: `curl -iL -X GET -H 'Content-Type: text/plain' --data-raw a=1 ${url}`,
	},
	{
		title: 'a body without a type gets none from curl',
		request: {method: 'POST', url, headers: [], body: text},
		line: `curl -iL -H Content-Type: --data-raw a=1 ${url}`,
	},
	{
		title: 'bytes that are no text come through a pipe',
		request: {
			method: 'PUT',
			url,
			headers: [type],
			body: {kind: 'bytes', bytes: Buffer.from([0, 65])},
		},
		line: `printf %b '\\0000A' | curl -iL -X PUT -H 'Content-Type: text/plain' --data-binary @- ${url}`,
	},
	{
		title: 'a body so many times over comes through a pipe',
		request: {
			method: 'POST',
			url,
			headers: [type],
			body: {kind: 'repeated', bytes: Buffer.from("it's\n"), times: 3},
		},
		line: `for _ in $(seq 3); do printf %b 'it\\0047s\\0012'; done | curl -iL -H 'Content-Type: text/plain' --data-binary @- ${url}`,
	},
	{
		title: 'a stream is one that curl does not keep',
		request: {method: 'PUT', url, headers: [type], body: text, stream: true},
		line: `printf %b 'a=1' | curl -iL -H 'Content-Type: text/plain' -T - ${url}`,
	},
	{
		title: 'a stream of a file, with another method',
		request: {
			method: 'POST',
			url,
			headers: [type],
			body: {kind: 'file', path: '/data/a b.bin'},
			stream: true,
		},
		line: `cat '/data/a b.bin' | curl -iL -X POST -H 'Content-Type: text/plain' -T - ${url}`,
	},
	{
		title: 'a file is read by curl',
		request: {method: 'POST', url, headers: [type], body: {kind: 'file', path: '/data/a b.bin'}},
		line: `curl -iL -H 'Content-Type: text/plain' --data-binary '@/data/a b.bin' ${url}`,
	},
	{
		title: 'fields are repeated, and one may be empty',
		request: {
			method: 'GET',
			url,
			headers: [
				['X-A', '1'],
				['X-A', '2'],
				['X-B', ''],
			],
		},
		line: `curl -iL -H 'X-A: 1' -H 'X-A: 2' -H 'X-B;' ${url}`,
	},
	{
		title: 'brackets and braces in a URL are no patterns',
		request: {method: 'GET', url: `${url}?ids[]={1}`, headers: []},
		line: `curl -iL -g '${url}?ids[]={1}'`,
	},
	{
		title: 'dot segments stay in the path',
		request: {method: 'GET', url: `${url}/../x`, headers: []},
		line: `curl -iL --path-as-is ${url}/../x`,
	},
];

for (const {title, request, line} of rows)
	test(`${title}: ${line}`, t => {
		t.is(curlLine(request), line);
	});
