import type {HeaderLines} from '../http/header-lines.ts';

/**
 * A way to read something out of header lines that remembers what the latest said: most requests of a
 * journal share the same lines, which it keeps once.
 */
export function ofHeaders<Fact>(read: (lines: HeaderLines) => Fact): (lines: HeaderLines) => Fact {
	let latest: {readonly lines: HeaderLines; readonly fact: Fact} | undefined;
	return lines => {
		if (latest?.lines !== lines) latest = {lines, fact: read(lines)};
		return latest.fact;
	};
}
