import {pointerTo} from './pointer.ts';
import {type Position, positionAt} from './positions.ts';

/** A place of a JSON document in its text: offsets of its value and of its member name. */
interface Place {
	readonly value: number;
	readonly name?: number;
}

export interface JsonText {
	readonly data: unknown;
	/** JSON pointer to the place in the text. */
	readonly places: ReadonlyMap<string, Place>;
	/** Members that stand twice in their object, each at the second one's name. */
	readonly duplicates: readonly {readonly path: string; readonly name: string}[];
}

/** Where and why a text is no JSON. */
export interface JsonFault extends Position {
	readonly message: string;
}

/**
 * Reads JSON (RFC 8259) with the place of every value. The platform's parser gives neither places
 * nor, for every fault and on every Node, the position at which the text stops being JSON.
 */
export function readJsonText(text: string): JsonText | JsonFault {
	const reader = new JsonReader(text);
	try {
		return reader.read();
	} catch (error) {
		if (error instanceof Stop) return {...positionAt(text, error.offset), message: error.message};
		throw error;
	}
}

class Stop extends Error {
	readonly offset: number;
	constructor(offset: number, message: string) {
		super(message);
		this.offset = offset;
	}
}

const scalar =
	// biome-ignore lint/suspicious/noControlCharactersInRegex: what a JSON string can't contain
	/"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

class JsonReader {
	private readonly text: string;
	private readonly places = new Map<string, Place>();
	private readonly duplicates: {path: string; name: string}[] = [];
	private at = 0;

	constructor(text: string) {
		this.text = text;
	}

	read(): JsonText {
		const data = this.value([]);
		this.skipSpace();
		if (this.at < this.text.length) this.stop('the end of the file');
		return {data, places: this.places, duplicates: this.duplicates};
	}

	private value(path: readonly (string | number)[], name?: number): unknown {
		this.skipSpace();
		this.places.set(pointerTo(...path), {value: this.at, ...(name !== undefined && {name})});
		if (this.take('{')) return Object.fromEntries(this.members(path));
		if (this.take('[')) return this.items(path);
		return this.scalar('a value');
	}

	private members(path: readonly (string | number)[]): Map<string, unknown> {
		const members = new Map<string, unknown>();
		if (this.takeSpaced('}')) return members;
		do {
			this.skipSpace();
			const start = this.at;
			if (this.text[start] !== '"') this.stop('a name in double quotes');
			const name = String(this.scalar('a name in double quotes'));
			if (!this.takeSpaced(':')) this.stop('":"');
			if (members.has(name)) this.duplicates.push({path: pointerTo(...path, name), name});
			members.set(name, this.value([...path, name], start));
		} while (this.takeSpaced(','));
		if (!this.takeSpaced('}')) this.stop('"," or "}"');
		return members;
	}

	private items(path: readonly (string | number)[]): unknown[] {
		const items: unknown[] = [];
		if (this.takeSpaced(']')) return items;
		do items.push(this.value([...path, items.length]));
		while (this.takeSpaced(','));
		if (!this.takeSpaced(']')) this.stop('"," or "]"');
		return items;
	}

	private scalar(expected: string): unknown {
		scalar.lastIndex = this.at;
		const match = scalar.exec(this.text)?.[0];
		if (match === undefined) this.stop(expected);
		this.at += match.length;
		return JSON.parse(match);
	}

	private takeSpaced(character: string): boolean {
		this.skipSpace();
		return this.take(character);
	}

	private take(character: string): boolean {
		if (this.text[this.at] !== character) return false;
		this.at += 1;
		return true;
	}

	private skipSpace(): void {
		while (' \t\n\r'.includes(this.text[this.at] ?? 'x')) this.at += 1;
	}

	private stop(expected: string): never {
		const rest = this.text.slice(this.at);
		const found = /^(?:[\w.+-]{1,20}|.)/su.exec(rest)?.[0];
		const came = found === undefined ? 'the file ends' : `${JSON.stringify(found)} stands there`;
		throw new Stop(this.at, `no JSON: expected ${expected}, but ${came}`);
	}
}
