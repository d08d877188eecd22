/** A body as a caller has it: text where it is text, and bytes where it is none; null for no body. */
export function textOrBytes(
	body: Uint8Array<ArrayBuffer> | undefined,
): string | Uint8Array<ArrayBuffer> | null {
	if (body === undefined) return null;
	const text = Buffer.from(body).toString('utf8');
	return Buffer.from(text, 'utf8').equals(body) ? text : body;
}
