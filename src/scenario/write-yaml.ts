import type {Document, Node} from 'yaml';
import {FollowthroughError} from '../errors.ts';
import type {ScenarioInput} from './types.ts';

type Yaml = typeof import('yaml');

/**
 * A scenario as YAML, in the style of the shipped ones: known members in their usual order, what is
 * short in one line, and comments above. `parseScenarioText` reads the same scenario from it. Members
 * that are undefined are left out.
 *
 * @param comments lines for the head of the file, without their `#`
 * @throws FollowthroughError OPTION_INVALID for a scenario with a handler, which no file can hold
 */
export async function writeYaml(
	scenario: ScenarioInput,
	comments: readonly string[] = [],
): Promise<string> {
	if (scenario.routes.some(({response}) => typeof response === 'function'))
		throw new FollowthroughError(
			'OPTION_INVALID',
			`The scenario "${scenario.name}" can't be written as YAML: the response of a route is a function.`,
		);
	const yaml = await import('yaml');
	const document = new yaml.Document(inOrder(scenario, topMembers), options);
	layOut(yaml, document);
	document.commentBefore = comments.map(line => ` ${line.replace(/\s+/g, ' ')}`).join('\n');
	const text = document.toString({lineWidth: 0, flowCollectionPadding: true});
	// The library sets a comment of the whole document off with an empty line.
	return text.replace(/^((?:#.*\n)+)\n/, '$1');
}

const options = {
	version: '1.2',
	schema: 'core',
	// A value that stands twice is written twice.
	aliasDuplicateObjects: false,
} as const;

const topMembers = [
	'$schema',
	'name',
	'title',
	'source',
	'description',
	'story',
	'links',
	'callHeaders',
	'seed',
	'phases',
	'enforce',
	'calls',
	'catches',
	'routes',
];

/** The members of an object, those that are named first. */
function inOrder(value: object, names: readonly string[]): object {
	const place = (name: string) => (names.includes(name) ? names.indexOf(name) : names.length);
	const members = Object.entries(value).filter(([, member]) => member !== undefined);
	return Object.fromEntries(members.sort(([a], [b]) => place(a) - place(b)));
}

/** Columns up to which a line is filled, and the most that one collection takes of it. */
const width = 100;
const widest = 72;

/** Puts in one line what fits there; a list of routes or calls has a line for each. */
function layOut(yaml: Yaml, document: Document): void {
	const blocks = new Set<unknown>([document.contents]);
	for (const name of ['routes', 'calls']) {
		const list = document.get(name);
		blocks.add(list);
		if (yaml.isSeq(list)) for (const item of list.items) blocks.add(item);
	}
	yaml.visit(document, {
		Collection(_, node, path) {
			if (blocks.has(node)) return undefined;
			node.flow = node.items.length === 0 || fitsInLine(yaml, node, path.length);
			return node.flow ? yaml.visit.SKIP : undefined;
		},
	});
	quoteRest(yaml, document);
}

function fitsInLine(yaml: Yaml, node: Node, depth: number): boolean {
	const data: unknown = node.toJS(new yaml.Document());
	const text = JSON.stringify(data);
	return text.length <= Math.min(widest, width - 2 * depth) && !hasLines(data);
}

/** Text of several lines reads best as a block of its own. */
function hasLines(data: unknown): boolean {
	if (typeof data === 'string') return /[\r\n]/.test(data);
	return typeof data === 'object' && data !== null && Object.values(data).some(hasLines);
}

/**
 * Quotes what would be read otherwise: as it is, a member called `<<` would be taken for a merge key, and
 * text of several lines whose spaces count is safe in quotes only.
 */
function quoteRest(yaml: Yaml, document: Document): void {
	yaml.visit(document, {
		Pair(_, {key}) {
			if (yaml.isScalar(key) && key.value === '<<') key.type = yaml.Scalar.QUOTE_DOUBLE;
		},
		Scalar(_, scalar) {
			const {value} = scalar;
			if (typeof value === 'string' && value.includes('\n') && !isPlainBlock(value))
				scalar.type = yaml.Scalar.QUOTE_DOUBLE;
		},
	});
}

/** Lines of visible text that begin at the margin, with one line break at most at their end. */
function isPlainBlock(text: string): boolean {
	return (
		/^\S/.test(text) && !/[^\n\x20-\x7e\x80-\u{10ffff}]|[ \ufeff\x80-\x9f]\n|\s\s$| $/u.test(text)
	);
}
