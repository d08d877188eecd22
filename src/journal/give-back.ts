/**
 * Gives the memory of a piece back at once; it is empty from then on. V8 leaves such memory to its
 * garbage collector, which lets 64 MiB of it gather before it looks. Node 20 knows no other way.
 *
 * @param piece nobody else has it or will look at it
 */
export function giveBack({buffer, length}: Buffer): void {
	// A small one may be part of what Node shares out among many.
	if (length > 0 && length === buffer.byteLength && canTransfer(buffer)) buffer.transfer(0);
}

/** ECMAScript 2024. */
interface Transferable {
	transfer(length: number): unknown;
}

function canTransfer(buffer: object): buffer is Transferable {
	return 'transfer' in buffer;
}
