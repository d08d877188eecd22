import fc from 'fast-check';
import {fieldBlock, opening} from '../http2-frames.ts';
import {mutated} from './bytes.ts';
import {paths} from './scenario.ts';

/** A frame of any type, with a length that may be another than its payload's (RFC 9113, 4.1). */
export function anyFrame(
	type: number,
	flags: number,
	stream: number,
	payload: Uint8Array,
	length = payload.length,
): Buffer {
	const head = Buffer.alloc(9);
	head.writeUIntBE(length & 0xffffff, 0, 3);
	head.writeUInt8(type & 0xff, 3);
	head.writeUInt8(flags & 0xff, 4);
	head.writeUInt32BE(stream >>> 0, 5);
	return Buffer.concat([head, payload]);
}

const streams = fc.oneof(
	{arbitrary: fc.nat(6).map(number => 2 * number + 1), weight: 6},
	fc.constantFrom(0, 2, 0x7fffffff, 0x80000001),
);

const payloads = fc.uint8Array({maxLength: 40});

function number32(value: number): Buffer {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32BE(value >>> 0);
	return bytes;
}

function setting(id: number, value: number): Buffer {
	const bytes = Buffer.alloc(6);
	bytes.writeUInt16BE(id);
	bytes.writeUInt32BE(value >>> 0, 2);
	return bytes;
}

const pseudo = fc.record({
	':method': fc.constantFrom('GET', 'POST', 'PUT', 'CONNECT', 'HEAD', 'get', ''),
	':path': fc.constantFrom(...paths, '*', '', 'http://a/b', '/\xff'),
	':scheme': fc.constantFrom('http', 'https', 'ftp', ''),
	':authority': fc.constantFrom('api.example.test', 'a:1', '', 'u@\xe9'),
});

const fields = fc.array(
	fc.tuple(
		fc.constantFrom(
			...['x-a', 'content-length', 'expect', 'te', 'transfer-encoding', 'connection', 'cookie'],
			...['host', 'X-Upper', ':status', ':protocol', ':path', 'trailer', '', '\x00'],
		),
		fc.constantFrom(
			'1',
			'5',
			'100-continue',
			'chunked',
			'trailers',
			'a=b',
			'x'.repeat(100),
			'\xff',
			'',
		),
	),
	{maxLength: 4},
);

/** Most are sound requests; the others have any fields, in any order, with some left out or twice. */
const blocks = fc.oneof(
	{
		arbitrary: fc.constantFrom(...paths).map(path =>
			fieldBlock([
				[':method', 'POST'],
				[':path', path],
				[':scheme', 'http'],
				[':authority', 'api.example.test'],
			]),
		),
		weight: 4,
	},
	{
		arbitrary: fc
			.tuple(pseudo, fields)
			.map(([head, rest]) => fieldBlock([...Object.entries(head), ...rest])),
		weight: 3,
	},
	fc
		.tuple(fc.shuffledSubarray([':method', ':path', ':scheme', ':authority']), fields)
		.map(([names, rest]) => fieldBlock([...rest, ...names.map(name => [name, '/x'] as const)])),
	payloads.map(bytes => Buffer.from(bytes)),
);

const codes = fc.oneof(fc.nat(14), fc.constant(0xffffffff));

/** HEADERS and what goes on in them. */
const headers = fc
	.tuple(streams, blocks, fc.constantFrom(0x4, 0x5, 0x5, 0x4, 0x1, 0x0, 0x2c, 0x24))
	.map(([stream, block, flags]) => anyFrame(1, flags, stream, block));

/** One kind of frame, many times: a flood of it. */
const floods = fc
	.tuple(
		fc.constantFrom(
			(stream: number) => anyFrame(9, 0, stream, Buffer.from('\x00\x01a\x01b')),
			(stream: number) => anyFrame(3, 0, stream, number32(8)),
			() => anyFrame(6, 0, 0, Buffer.alloc(8)),
			() => anyFrame(4, 0, 0, setting(4, 70_000)),
			() => anyFrame(4, 0, 0, Buffer.alloc(0)),
			(stream: number) => anyFrame(8, 0, stream, number32(0x7fffffff)),
			(stream: number) => anyFrame(2, 0, stream, Buffer.alloc(5)),
			(stream: number) => anyFrame(0, 0, stream, Buffer.alloc(0)),
		),
		streams,
		fc.constantFrom(2, 20, 1500),
	)
	.map(([make, stream, times]) => Buffer.concat(Array.from({length: times}, () => make(stream))));

/** Requests that are given up as soon as they are made, many times ("rapid reset"). */
const rapidResets = fc.tuple(blocks, fc.constantFrom(3, 300)).map(([block, times]) =>
	Buffer.concat(
		Array.from({length: times}, (_, index) => {
			const stream = 2 * index + 101;
			return Buffer.concat([anyFrame(1, 5, stream, block), anyFrame(3, 0, stream, number32(8))]);
		}),
	),
);

/** Frames of each type: most are sound in themselves, though perhaps not where they stand. */
const frames = fc.oneof(
	{arbitrary: headers, weight: 10},
	{
		arbitrary: fc
			.tuple(streams, payloads, fc.constantFrom(0, 1, 1, 8, 9))
			.map(([stream, payload, flags]) => anyFrame(0, flags, stream, payload)),
		weight: 5,
	},
	fc.tuple(streams, codes).map(([stream, code]) => anyFrame(3, 0, stream, number32(code))),
	fc
		.tuple(fc.nat(9), fc.constantFrom(0, 1, 16_384, 65_535, 0x7fffffff, 0xffffffff))
		.map(([id, value]) => anyFrame(4, 0, 0, setting(id, value))),
	fc.tuple(streams, payloads).map(([stream, payload]) => anyFrame(9, 4, stream, payload)),
	fc.tuple(streams, codes).map(([stream, value]) => anyFrame(8, 0, stream, number32(value))),
	codes.map(code => anyFrame(7, 0, 0, Buffer.concat([number32(0), number32(code)]))),
	fc.tuple(streams, payloads).map(([stream, payload]) => anyFrame(2, 0, stream, payload)),
	fc
		.record({type: fc.nat(255), flags: fc.nat(255), stream: streams, payload: payloads})
		.map(({type, flags, stream, payload}) => anyFrame(type, flags, stream, payload)),
	fc
		.record({type: fc.nat(10), stream: streams, payload: payloads, length: fc.nat(0xffffff)})
		.map(({type, stream, payload, length}) => anyFrame(type, 4, stream, payload, length)),
	{arbitrary: floods, weight: 1},
	{arbitrary: rapidResets, weight: 1},
	{arbitrary: payloads.map(bytes => Buffer.from(bytes)), weight: 1},
);

/** What a client of HTTP/2 sends: the preface, mostly sound, and frames. */
export const http2Conversation: fc.Arbitrary<Buffer[]> = fc
	.tuple(
		fc.oneof({arbitrary: fc.constant(opening), weight: 8}, mutated([opening])),
		fc.array(frames, {maxLength: 10}),
	)
	.map(([first, rest]) => [first, ...rest]);
