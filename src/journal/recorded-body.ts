import type {Readable} from 'node:stream';
import type {FromSchema, JSONSchema} from 'json-schema-to-ts';

/**
 * The content of a request, byte for byte as it came, without its transfer coding and with its
 * content codings (RFC 9110, 6.4). Equal bodies of one double are kept once.
 */
export interface RecordedBody {
	/** Size in bytes of what came. */
	readonly size: number;
	/**
	 * How many of these bytes were kept, from the first on: all of them, unless there is `notKept`.
	 * Size and digest are those of all that came. `preview(kept)` has what there is.
	 */
	readonly kept: number;
	/**
	 * Why not all bytes were kept: the body is larger than the option `maxBodySize`, or the disk took
	 * no more, being full or not writable. Absent or undefined when all were.
	 */
	readonly notKept?: 'limit' | 'disk' | undefined;
	/** SHA-256 of what came, in lower-case hex. */
	readonly sha256: string;
	/** Whether it came whole; false when the client left, or the message broke, before its end. */
	readonly complete: boolean;
	/**
	 * The first bytes, at most `limit` (200 unless told), at once and without waiting. Of a large body
	 * whose double was closed, at most 256.
	 */
	preview(limit?: number): Uint8Array;
	/**
	 * The offset of the first byte in which the two bodies differ; the length of the shorter one when
	 * it is a prefix of the other; undefined when they are equal. Reads large bodies piece by piece;
	 * throws BODY_GONE when they differ and the double was closed, and BODY_NOT_KEPT when they do not
	 * differ as far as both were kept.
	 */
	firstDifference(other: RecordedBody): number | undefined;
	/**
	 * All bytes. This, and what else is made of all bytes, fails with BODY_NOT_KEPT when not all were
	 * kept, and of a large body with BODY_GONE when the double was closed.
	 */
	bytes(): Promise<Uint8Array>;
	/** The bytes as UTF-8, or in the charset of the request's Content-Type. */
	text(): Promise<string>;
	/** The body as JSON; throws BODY_UNREADABLE when it is none. */
	json(): Promise<unknown>;
	/** The body as JSON that fits `schema`, typed by it; throws BODY_UNREADABLE with a list of every fault. */
	json<const Schema extends JSONSchema>(schema: Schema): Promise<FitsSchema<Schema>>;
	/** The body as a form: multipart/form-data or application/x-www-form-urlencoded. */
	form(): Promise<FormData>;
	/**
	 * The bytes as a stream; with `range`, those of a stretch, which may lie in what was kept of a body
	 * that was not kept whole. Throws OPTION_INVALID for a range that is none.
	 */
	stream(range?: ByteRange): Readable;
}

/** A stretch of a body, by the offsets of its first and its last byte, as `fs.createReadStream` has it. */
export interface ByteRange {
	/** From 0; the first byte unless told. */
	readonly start?: number;
	/** Inclusive; the last byte unless told, or when it is greater. */
	readonly end?: number;
}

/**
 * Data that fits a schema. Where the context asks for some type, the compiler would try it on every
 * schema there is, and give up: NoInfer and the answer for the schema of anything keep it from that.
 */
export type FitsSchema<Schema extends JSONSchema> = NoInfer<
	JSONSchema extends Schema ? unknown : FromSchema<Schema>
>;
