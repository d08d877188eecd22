import {createHash} from 'node:crypto';
import {gzipSync} from 'node:zlib';
import test from 'ava';
import {type Double, startDouble} from '../../src/index.ts';
import {bytesOf} from '../helpers/body-bytes.ts';
import {chunked, connectTo, headOf} from '../helpers/raw-client.ts';

const api = 'https://api.example.test';
const scenario = {
	name: 'upload-moved',
	routes: [
		{request: `PUT ${api}/a`, response: {status: 307, headers: {Location: `${api}/b`}}},
		{request: `PUT ${api}/b`, response: {status: 201}},
	],
};

interface Upload {
	readonly fields: readonly string[];
	/** What goes to the wire behind the head. */
	readonly sent: string | Uint8Array;
	/** The content without its transfer coding. */
	readonly content: Buffer;
	readonly framing: 'content-length' | 'chunked';
	readonly trailers?: readonly (readonly [string, string])[];
}

const large = bytesOf(700_001);
const asText = (bytes: Buffer) => bytes.toString('latin1');
const pieces = (bytes: Buffer, size: number) =>
	Array.from({length: Math.ceil(bytes.length / size)}, (_, index) =>
		asText(bytes.subarray(index * size, (index + 1) * size)),
	);

function ofLength(content: Buffer, ...fields: readonly string[]): Upload {
	const length = `Content-Length: ${content.length}`;
	return {fields: [...fields, length], sent: content, content, framing: 'content-length'};
}

function inChunks(content: Buffer, size: number, ...fields: readonly string[]): Upload {
	return {
		fields: [...fields, 'Transfer-Encoding: chunked'],
		sent: Buffer.from(chunked(pieces(content, size)), 'latin1'),
		content,
		framing: 'chunked',
	};
}

function withTrailers(content: Buffer): Upload {
	const sum = createHash('sha256').update(content).digest('base64');
	const lines = [`Digest: sha-256=${sum}`, 'x-count: 1', 'X-Count: 2'];
	return {
		fields: ['Transfer-Encoding: chunked', 'Trailer: Digest, X-Count'],
		sent: Buffer.from(chunked(pieces(content, 65_000), lines), 'latin1'),
		content,
		framing: 'chunked',
		trailers: [
			['Digest', `sha-256=${sum}`],
			['x-count', '1'],
			['X-Count', '2'],
		],
	};
}

function withExtensions(content: Buffer): Upload {
	const [one, two] = [content.subarray(0, 9), content.subarray(9)];
	const size = two.length.toString(16).toUpperCase();
	const sent = `009;a=1;b="c;d"\r\n${asText(one)}\r\n${size}\r\n${asText(two)}\r\n000;last\r\n\r\n`;
	return {
		fields: ['Transfer-Encoding: chunked'],
		sent: Buffer.from(sent, 'latin1'),
		content,
		framing: 'chunked',
	};
}

const form = Buffer.concat([
	Buffer.from('preamble\r\n--x\r\nContent-Disposition: form-data; name="f"; filename="a"\r\n\r\n'),
	large,
	Buffer.from('\r\n--x--\r\nepilogue'),
]);
const formType = 'Content-Type: multipart/form-data; boundary=x';
const gzipped = gzipSync(bytesOf(500_000));

const uploads: readonly (readonly [what: string, upload: Upload])[] = [
	['of a length', ofLength(large)],
	['of no bytes', ofLength(Buffer.alloc(0))],
	['with CRLFs and NULs only', ofLength(Buffer.alloc(200_000, '\r\n\0'))],
	['in large chunks', inChunks(large, 200_000)],
	['in chunks of 7 bytes', inChunks(large.subarray(0, 100_003), 7)],
	['in chunks of one byte', inChunks(large.subarray(0, 3_001), 1)],
	['in no chunks', inChunks(Buffer.alloc(0), 1)],
	['in chunks with extensions and sizes of many spellings', withExtensions(large)],
	['in chunks with trailers', withTrailers(large)],
	['that is small, in chunks with trailers', withTrailers(large.subarray(0, 10))],
	['as a form in parts', ofLength(form, formType)],
	['as a form in parts, in chunks', inChunks(form, 65_536, formType)],
	['coded with gzip', ofLength(gzipped, 'Content-Encoding: gzip')],
	['coded with gzip, in chunks', inChunks(gzipped, 4096, 'Content-Encoding: gzip')],
	['said to be coded with gzip, and not', ofLength(large, 'Content-Encoding: gzip')],
];

for (const [what, upload] of uploads)
	test(`an upload ${what} is kept as it was sent, and its repetition is equal`, async t => {
		await using double = await startDouble(scenario);
		await send(double, '/a', upload);
		await send(double, '/b', upload);
		const hop = await double.hop();
		for (const {request} of [hop.redirect, hop.followUp]) {
			const {body} = request;
			t.is(body.size, upload.content.length);
			t.is(body.kept, body.size);
			t.is(body.sha256, createHash('sha256').update(upload.content).digest('hex'));
			t.true(body.complete);
			t.true(upload.content.equals(await body.bytes()));
			t.is(request.framing, upload.framing);
			t.deepEqual(request.trailers, upload.trailers ?? []);
		}
		t.is(hop.redirect.request.body.firstDifference(hop.followUp.request.body), undefined);
		t.notThrows(() => hop.assertPreserved({body: true}));
		t.deepEqual(
			double.verdict().broken.map(({rule}) => rule),
			[],
		);
	});

test('an upload that is framed anew is repeated all the same', async t => {
	await using double = await startDouble(scenario);
	await send(double, '/a', ofLength(large));
	await send(double, '/b', inChunks(large, 10_000));
	t.is((await double.hop()).state, 'followed');
	const broken = double.verdict().broken.map(({rule}) => rule);
	t.deepEqual(broken, ['length-known-stays-known']);
});

async function send(double: Double, target: string, {fields, sent}: Upload): Promise<void> {
	using client = await connectTo(double.url);
	client.send(headOf([`PUT ${target} HTTP/1.1`, `Host: ${new URL(double.url).host}`, ...fields]));
	client.send(sent);
	await client.response();
}
