import fc from 'fast-check';

/** Bytes that a failure prints so that they can be read and copied: as a string of JavaScript. */
export class Bytes {
	readonly bytes: Buffer;

	constructor(bytes: Uint8Array) {
		this.bytes = Buffer.from(bytes);
	}

	[fc.toStringMethod](): string {
		const escaped = (char: string) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`;
		const text = this.bytes.toString('latin1').replaceAll(/[^ -~]|[\\']/g, escaped);
		return `Buffer.from('${text}', 'latin1')`;
	}
}

/** What is done to bytes at a place, in thousandths of their size: they are changed, taken out, put in, or sent twice. */
const mutation = fc.record({
	at: fc.nat(1000),
	out: fc.nat(8),
	in: fc.oneof(
		fc.constant(Buffer.alloc(0)),
		fc.constant(Buffer.from('\r\n')),
		fc.uint8Array({maxLength: 20}).map(bytes => Buffer.from(bytes)),
	),
	again: fc.oneof(fc.constant(0), fc.nat(40)),
});

/** One of the messages, or what up to `most` mutations make of it. */
export function mutated(
	messages: readonly (string | Uint8Array)[],
	most = 4,
): fc.Arbitrary<Buffer> {
	return fc
		.tuple(fc.constantFrom(...messages), fc.array(mutation, {maxLength: most}))
		.map(([message, mutations]) => {
			let bytes = typeof message === 'string' ? Buffer.from(message, 'latin1') : message;
			for (const {at, out, in: put, again} of mutations) {
				const place = Math.floor((at * bytes.length) / 1000);
				bytes = Buffer.concat([
					bytes.subarray(0, place),
					put,
					bytes.subarray(place, place + again),
					bytes.subarray(place + out),
				]);
			}
			return Buffer.from(bytes);
		});
}

/** All of them one behind the other, as one value. */
export function joined(parts: fc.Arbitrary<Uint8Array[]>): fc.Arbitrary<Bytes> {
	return parts.map(each => new Bytes(Buffer.concat(each)));
}
