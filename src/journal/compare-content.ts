import {type Content, keptSize, stretchOf} from './content.ts';
import {sharedLength} from './parts.ts';

const pieceSize = 256 * 1024;

/**
 * The offset of the first byte in which two contents differ, with no more than a piece of each in
 * memory; undefined when they are equal, and `unknown` when they don't differ as far as both were kept.
 */
export function firstDifference(a: Content, b: Content): number | 'unknown' | undefined {
	const compared = Math.min(keptSize(a), keptSize(b));
	// What was found to be equal while it came in is not read again.
	const shared = a.kind === 'file' && b.kind === 'file' ? sharedLength(a.parts, b.parts) : 0;
	const bufferOf = ({kind}: Content) => Buffer.allocUnsafeSlow(kind === 'file' ? pieceSize : 0);
	const [left, right] = [bufferOf(a), bufferOf(b)];
	for (let offset = shared; offset < compared; offset += pieceSize) {
		const length = Math.min(pieceSize, compared - offset);
		const found = differenceIn(
			stretchOf(a, offset, length, left),
			stretchOf(b, offset, length, right),
		);
		if (found !== undefined) return offset + found;
	}
	const shorter = Math.min(a.size, b.size);
	if (compared < shorter) return 'unknown';
	return a.size === b.size ? undefined : shorter;
}

/** Where two stretches of one length differ first. */
export function differenceIn(left: Buffer, right: Buffer): number | undefined {
	if (left.equals(right)) return undefined;
	return left.findIndex((byte, index) => byte !== right[index]);
}
