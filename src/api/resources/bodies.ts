import {Readable} from 'node:stream';
import type {RecordedBody} from '../../journal/recorded-body.ts';
import {operation} from '../operation.ts';
import {Problem} from '../problem.ts';
import {isKnown, rangeOf, type Stretch} from '../range.ts';
import {knownExchange} from './exchanges.ts';
import {ofNumber} from './parameters.ts';

const type = 'application/octet-stream';
const bytes = {[type]: {type: 'string', format: 'binary'}} as const;
const headers = {
	ETag: 'The digest of the content, SHA-256 in hex.',
	'Accept-Ranges': '`bytes`.',
} as const;

const readRequestBody = operation(
	{
		id: 'readRequestBody',
		tag: 'journal',
		method: 'GET',
		path: '/v1/doubles/{id}/exchanges/{number}/request/body',
		summary: 'The content of a request',
		description:
			'The bytes as they came, without transfer coding and with content codings; nothing in them is masked. One range of bytes can be asked for with Range (RFC 9110, 14), also with If-Range; of several ranges, all is sent. If-None-Match is answered with 304 where the tag is that of the content.',
		pathParameters: ofNumber,
		answers: {
			200: {description: 'All bytes.', headers, content: bytes},
			206: {
				description: 'The range that was asked for.',
				headers: {...headers, 'Content-Range': 'Which bytes of how many.'},
				content: bytes,
			},
			304: {description: 'The content is that of If-None-Match.', headers},
		},
		problems: [
			...(['DOUBLE_UNKNOWN', 'NOT_FOUND', 'BODY_ARRIVING'] as const),
			...(['BODY_GONE', 'BODY_NOT_KEPT', 'RANGE_UNSATISFIABLE'] as const),
		],
	},
	async ({path}, api, ctx) => {
		const {request} = knownExchange(api.doubles.get(path.id).double, path.number);
		if (request.endedAt === undefined && request.malformed === undefined)
			throw new Problem('BODY_ARRIVING', `The body of exchange ${path.number} still comes in.`);
		const {body} = request;
		const etag = `"${body.sha256}"`;
		const fields = {ETag: etag, 'Accept-Ranges': 'bytes'};
		const {headers} = ctx.req;
		if (isKnown(headers['if-none-match'], etag)) return {status: 304, headers: fields};
		const asked =
			ctx.method === 'HEAD'
				? 'whole'
				: rangeOf({range: headers.range, ifRange: one(headers['if-range'])}, body.size, etag);
		if (asked === 'unsatisfiable') throw unsatisfiable(body);
		const {start, end} = asked === 'whole' ? {start: 0, end: body.size - 1} : asked;
		const length = {...fields, 'Content-Length': String(end - start + 1)};
		if (ctx.method === 'HEAD') return {body: Readable.from([]), type, headers: length};
		const content = await opened(body, {start, end});
		if (asked === 'whole') return {body: content, type, headers: length};
		const range = `bytes ${start}-${end}/${body.size}`;
		return {status: 206, body: content, type, headers: {...length, 'Content-Range': range}};
	},
);

function one(field: string | string[] | undefined): string | undefined {
	return Array.isArray(field) ? field[0] : field;
}

function unsatisfiable({size}: RecordedBody): Problem {
	return new Problem(
		'RANGE_UNSATISFIABLE',
		`The content has ${size} bytes, and none of them is in the range.`,
		{headers: {'Content-Range': `bytes */${size}`}},
	);
}

/** A stream whose first piece is there: that the bytes can't be had is told before the head goes out. */
async function opened(body: RecordedBody, stretch: Stretch): Promise<Readable> {
	if (stretch.end < stretch.start) return Readable.from([]);
	const pieces = body.stream(stretch)[Symbol.asyncIterator]();
	const first = await pieces.next();
	const content = Readable.from(
		(async function* () {
			if (first.done) return;
			yield first.value;
			yield* {[Symbol.asyncIterator]: () => pieces};
		})(),
		{objectMode: false},
	);
	// One that is never read, as its client has left, would keep the file open.
	return content.once('close', () => void pieces.return?.());
}

/** To read the bytes of bodies. */
export const bodiesOperations = [readRequestBody];
