import type {HeaderLines} from '../http/header-lines.ts';
import {Recent} from '../http/recent.ts';
import type {SentLocation} from './exchange.ts';

/**
 * What many records have in common, kept once and frozen: most requests of a test come with the same
 * header lines and go to the same few URLs.
 */
export class SharedParts {
	readonly #texts = new Recent<string, string>();
	readonly #lines = new Recent<number, HeaderLines>();
	readonly #locations = new Recent<string, SentLocation>();

	/** The same text. */
	text(text: string): string {
		const known = this.#texts.get(text);
		if (known !== undefined) return known;
		this.#texts.set(text, text);
		return text;
	}

	/** Equal lines; these, frozen, when there are none yet. */
	lines(lines: HeaderLines): HeaderLines {
		const mark = markOf(lines);
		const known = this.#lines.get(mark);
		if (known !== undefined && areEqualLines(known, lines)) return known;
		for (const line of Object.freeze(lines)) Object.freeze(line);
		this.#lines.set(mark, lines);
		return lines;
	}

	/** An equal Location; this one when there is none yet, or when it carries a token. */
	location(location: SentLocation): SentLocation {
		const {documented, resolved, token} = location;
		if (token !== undefined) return location;
		const mark = `${documented}\n${resolved?.origin}${resolved?.targets[0]}`;
		const known = this.#locations.get(mark);
		if (known !== undefined && areEqualLocations(known, location)) return known;
		this.#locations.set(mark, location);
		return location;
	}
}

/** About how many characters of a value its mark is made of. */
const marking = 8;

/** A number that equal lines have in common, and different ones hardly ever. */
function markOf(lines: HeaderLines): number {
	let mark = lines.length;
	for (const [name, value] of lines) {
		mark = (mark * 31 + name.length * 64 + value.length) | 0;
		const step = 1 + Math.floor(value.length / marking);
		for (let at = 0; at < value.length; at += step) mark = (mark * 31 + value.charCodeAt(at)) | 0;
	}
	return mark;
}

/** Whether the same lines stand in the same order, and names in the same case. */
export function areEqualLines(some: HeaderLines, others: HeaderLines): boolean {
	if (some === others) return true;
	if (some.length !== others.length) return false;
	for (let at = 0; at < some.length; at++) {
		const [line, other] = [some[at], others[at]];
		if (line?.[0] !== other?.[0] || line?.[1] !== other?.[1]) return false;
	}
	return true;
}

function areEqualLocations(one: SentLocation, other: SentLocation): boolean {
	if (one === other) return true;
	const [a, b] = [one.resolved, other.resolved];
	return (
		one.documented === other.documented &&
		one.sent === other.sent &&
		a?.origin === b?.origin &&
		a?.fragment === b?.fragment &&
		a?.targets.length === b?.targets.length &&
		(a?.targets ?? []).every((target, at) => target === b?.targets[at])
	);
}
