const types = {data: 0, headers: 1, rst: 3, settings: 4, goaway: 7, continuation: 9} as const;

export const endStream = 0x1;
export const endHeaders = 0x4;

/** What a client sends first (RFC 9113, 3.4): the preface and empty SETTINGS. */
export const opening = Buffer.concat([
	Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
	frame('settings', 0, 0),
]);

/** A frame, byte for byte (RFC 9113, 4.1). */
export function frame(
	type: keyof typeof types,
	flags: number,
	stream: number,
	payload: string | Uint8Array = '',
): Buffer {
	const bytes = Buffer.from(payload);
	const head = Buffer.alloc(9);
	head.writeUIntBE(bytes.length, 0, 3);
	head.writeUInt8(types[type], 3);
	head.writeUInt8(flags, 4);
	head.writeUInt32BE(stream, 5);
	return Buffer.concat([head, bytes]);
}

/** Field lines in their order, as literals without indexing (RFC 7541, 6.2.2), each below 127 bytes. */
export function fieldBlock(lines: readonly (readonly [name: string, value: string])[]): Buffer {
	const parts = lines.map(([name, value]) =>
		Buffer.concat([Buffer.from([0]), literal(name), literal(value)]),
	);
	return Buffer.concat(parts);
}

/** The head of a request in one frame. */
export function requestHead(
	stream: number,
	path: string,
	{
		method = 'POST',
		fields = [],
		flags = endHeaders,
	}: {
		readonly method?: string;
		readonly fields?: readonly (readonly [string, string])[];
		readonly flags?: number;
	} = {},
): Buffer {
	const pseudo = [
		[':scheme', 'http'],
		[':method', method],
		[':path', path],
		[':authority', 'a.example.test'],
	] as const;
	return frame('headers', flags, stream, fieldBlock([...pseudo, ...fields]));
}

/** RST_STREAM with an error code (RFC 9113, 6.4). */
export function reset(stream: number, code: number): Buffer {
	const payload = Buffer.alloc(4);
	payload.writeUInt32BE(code);
	return frame('rst', 0, stream, payload);
}

function literal(text: string): Buffer {
	const bytes = Buffer.from(text, 'latin1');
	return Buffer.concat([Buffer.from([bytes.length]), bytes]);
}
