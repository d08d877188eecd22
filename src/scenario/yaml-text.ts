import type {Document, ErrorCode, Node, YAMLError} from 'yaml';
import {segmentsOf} from './pointer.ts';
import {type Fault, type Position, type Positions, positionAt} from './positions.ts';

type Yaml = typeof import('yaml');

export interface YamlText {
	readonly data: unknown;
	readonly positions: Positions;
}

/** A syntax fault with its position. */
export type YamlFault = Fault & Position;

/** Reads one YAML 1.2 document (core schema, merge keys allowed), or says all that is wrong with it. */
export async function readYamlText(text: string): Promise<YamlText | YamlFault[]> {
	const yaml = await import('yaml');
	const options = {version: '1.2', schema: 'core', merge: true, prettyErrors: false} as const;
	const documents = yaml.parseAllDocuments(text, options);
	if (!Array.isArray(documents)) return [emptyFile];
	const [document, second] = documents;
	if (document === undefined) return [emptyFile];
	const faults = document.errors.map(error => describe(error, text));
	if (faults.length > 0) return faults;
	if (second !== undefined) return [severalDocuments(text, second.range[0])];
	if (document.contents === null) return [emptyFile];
	return resolveAliases(yaml, document, text);
}

const emptyFile: YamlFault = {
	path: '',
	line: 1,
	column: 1,
	message: 'the file is empty: expected a scenario with at least "name" and "routes"',
};

function describe(error: YAMLError, text: string): YamlFault {
	return {path: '', message: wordsFor(error, text), ...positionAt(text, error.pos[0])};
}

function wordsFor({code, message, pos}: YAMLError, text: string): string {
	if (code === 'DUPLICATE_KEY') {
		const name = /^[^:\r\n]*/
			.exec(text.slice(pos[0]))?.[0]
			.trim()
			.replace(/^(["'])(.*)\1$/, '$2');
		return `"${name}" stands twice in the same object`;
	}
	return `no YAML: ${syntaxWords(code, message)}`;
}

function syntaxWords(code: ErrorCode, message: string): string {
	if (code === 'TAB_AS_INDENT') return "a tab can't indent; use spaces";
	if (code === 'BLOCK_AS_IMPLICIT_KEY' && message.startsWith('Nested mappings')) {
		return 'a text can\'t contain ": " as it is; put it in quotes';
	}
	const missing =
		/end with a ([\]}])/.exec(message)?.[1] ?? /^Missing closing (.)/.exec(message)?.[1];
	if (missing !== undefined) {
		const what = /["']/.test(missing) ? 'closing quote' : `"${missing}"`;
		return `a ${what} is missing before this place`;
	}
	return message.charAt(0).toLowerCase() + message.slice(1);
}

function severalDocuments(text: string, offset: number): YamlFault {
	const message = 'a second document begins here ("---"): expected one scenario a file';
	return {path: '', message, ...positionAt(text, offset)};
}

function resolveAliases(yaml: Yaml, document: Document, text: string): YamlText | YamlFault[] {
	const faults = unresolvedAliases(yaml, document, text);
	if (faults.length > 0) return faults;
	try {
		return {data: document.toJS(), positions: positionsIn(yaml, document, text)};
	} catch (error) {
		// The library stops when aliases of aliases would grow beyond all bounds.
		const reason = error instanceof Error ? error.message : String(error);
		return [{path: '', line: 1, column: 1, message: `the aliases can't be resolved: ${reason}`}];
	}
}

function unresolvedAliases(yaml: Yaml, document: Document, text: string): YamlFault[] {
	const faults: YamlFault[] = [];
	yaml.visit(document, {
		Alias(_, alias) {
			if (alias.resolve(document) !== undefined) return;
			const message = `no anchor "&${alias.source}" stands before this alias`;
			faults.push({path: '', message, ...positionAt(text, alias.range?.[0] ?? 0)});
		},
	});
	return faults;
}

function positionsIn(yaml: Yaml, document: Document, text: string): Positions {
	const find = (pointer: string, atName: boolean): Position | undefined => {
		const offset = findOffset(yaml, document, segmentsOf(pointer), atName);
		return positionAt(text, offset);
	};
	return {find};
}

/** Goes down as far as the segments lead; a merged member is not found and gives the object around it. */
function findOffset(
	yaml: Yaml,
	document: Document,
	segments: readonly string[],
	atName: boolean,
): number {
	let node: unknown = document.contents;
	let offset = startOf(yaml, node) ?? 0;
	for (const segment of segments) {
		const child = childOf(yaml, yaml.isAlias(node) ? node.resolve(document) : node, segment);
		if (child === undefined) return offset;
		const last = segment === segments.at(-1);
		const name = atName && last ? startOf(yaml, child.name) : undefined;
		offset = name ?? startOf(yaml, child.value) ?? startOf(yaml, child.name) ?? offset;
		node = child.value;
	}
	return offset;
}

interface Child {
	readonly name?: unknown;
	readonly value: unknown;
}

function childOf(yaml: Yaml, node: unknown, segment: string): Child | undefined {
	if (yaml.isSeq(node)) {
		const value = node.items[Number(segment)];
		return value === undefined ? undefined : {value};
	}
	if (!yaml.isMap(node)) return undefined;
	const pair = node.items.find(({key}) => String(yaml.isScalar(key) ? key.value : key) === segment);
	return pair === undefined ? undefined : {name: pair.key, value: pair.value};
}

function startOf(yaml: Yaml, node: unknown): number | undefined {
	return yaml.isNode(node) ? (node satisfies Node).range?.[0] : undefined;
}
