import type {HeaderLines} from '../http/header-lines.ts';

/** So many are remembered at the most: where no header lines come again, it would be of no use. */
const most = 1000;

/**
 * A way to read something out of header lines that remembers what the latest said: most requests of a
 * journal have the same few lines, which it keeps once.
 */
export function ofHeaders<Fact>(read: (lines: HeaderLines) => Fact): (lines: HeaderLines) => Fact {
	let latest: {readonly lines: HeaderLines; readonly fact: Fact} | undefined;
	let known = new WeakMap<HeaderLines, {readonly lines: HeaderLines; readonly fact: Fact}>();
	let count = 0;
	return lines => {
		if (latest?.lines === lines) return latest.fact;
		latest = known.get(lines);
		if (latest === undefined) {
			if (++count % most === 0) known = new WeakMap();
			latest = {lines, fact: read(lines)};
			known.set(lines, latest);
		}
		return latest.fact;
	};
}
