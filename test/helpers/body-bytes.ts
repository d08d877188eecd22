/** Bytes of which no stretch is like another, always the same ones. */
export function bytesOf(size: number): Buffer {
	const bytes = Buffer.alloc(size);
	let state = 307;
	for (let offset = 0; offset < size; offset++) {
		// Marsaglia's xorshift.
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		bytes[offset] = state & 0xff;
	}
	return bytes;
}
