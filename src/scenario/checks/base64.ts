import type {Fault} from '../positions.ts';

/** RFC 4648, 4: one character is left over of a text that was cut, and holds no whole byte. */
export function base64Fault(base64: string, path: string): Fault[] {
	const length = base64.replace(/[\s=]/g, '').length;
	if (length % 4 !== 1) return [];
	const message = `expected groups of four characters, with 2 or 3 in the last: found ${length} characters, the last one alone`;
	return [{path, message}];
}
