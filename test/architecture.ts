import test from 'ava';
import {filesBelow, type Import, importsOf, textOf} from './helpers/source-files.ts';

/**
 * The floors of `src`, from the ground up. A file imports from its own folder or from a lower floor;
 * folders side by side on one floor do not know each other.
 */
const floors = [
	['http', 'errors.ts'],
	['scenario', 'journal'],
	['verdict'],
	['app'],
	['doors'],
	['start-double'],
	['grading'],
	['exports', 'authoring'],
	['index.ts'],
	['api'],
	['cli'],
];

/** Packages that stay where they are: who may load them, who may name their types, and why. */
const fences = [
	{
		packages: ['koa', '@koa/router'],
		allowed: /^(?:app|api)\//,
		typesAllowed: /^(?:app\/|api\/|[^/]+$)/,
		reason: 'whatever thinks has never heard of Koa; only app/ and api/ are its pipelines',
	},
	{
		packages: ['nock'],
		allowed: /^doors\/nock\.ts$/,
		typesAllowed: /^doors\/nock\.ts$/,
		reason: "importing nock patches the process's http modules",
	},
	{
		packages: ['ajv', 'yaml'],
		allowed: /^scenario\//,
		typesAllowed: /^scenario\//,
		reason: 'how a scenario is read and checked is the business of scenario/ alone',
	},
	{
		packages: ['commander'],
		allowed: /^cli\/(?:commands\/|program|main)/,
		typesAllowed: /^cli\/(?:commands\/|program|main)/,
		reason: 'what a command does has never heard of how it was asked for',
	},
];

const longest = 250;
const medianBelow = 80;

const files = filesBelow('src').filter(file => file.endsWith('.ts'));
const imports = files.flatMap(importsOf);
const inner = imports.filter(({isPackage}) => !isPackage);

test('every file of src stands on a floor', t => {
	const homeless = files
		.filter(file => floorOf(file) === -1)
		.map(file => `src/${file} stands on no floor; give it one in test/architecture.ts`);
	t.deepEqual(homeless, []);
});

test('a file imports from its own folder or from a lower floor', t => {
	t.deepEqual(inner.filter(edge => !goesDown(edge)).map(describeUpward), []);
});

test('no file imports itself by way of others', t => {
	t.deepEqual(findCycles(), []);
});

test('packages stay behind their fences', t => {
	const trespasses = fences.flatMap(({packages, allowed, typesAllowed, reason}) =>
		imports
			.filter(({to}) => packages.includes(to))
			.filter(({from, isTypeOnly}) => !(isTypeOnly ? typesAllowed : allowed).test(from))
			.map(({from, to}) => `src/${from} imports ${to}, which is not for it: ${reason}`),
	);
	t.deepEqual(trespasses, []);
});

test('nothing that index.ts reaches imports nock', t => {
	const path = pathFrom('index.ts', ({to}) => to === 'nock');
	t.is(path, undefined, `nock patches the process, and index.ts reaches it: ${path?.join(' -> ')}`);
});

test('no file of src is longer than a screen or three', t => {
	const long = files
		.map(file => ({file, lines: countLines(file)}))
		.filter(({lines}) => lines > longest)
		.map(({file, lines}) => `src/${file} has ${lines} lines, more than ${longest}; split it`);
	t.deepEqual(long, []);
});

test('half of the files of src fit on a screen', t => {
	const lengths = files.map(countLines).sort((a, b) => a - b);
	const median = lengths[Math.floor(lengths.length / 2)] ?? 0;
	t.true(median < medianBelow, `the median is ${median} lines; it is to be below ${medianBelow}`);
});

test('the folders of test are those of src', t => {
	const folders = foldersOf(files);
	const tested = foldersOf(filesBelow('test'));
	const known = [...folders, 'helpers', 'clients', 'types'];
	const strange = tested.filter(folder => !known.includes(folder));
	const untested = folders.filter(folder => !tested.includes(folder));
	t.deepEqual(
		[
			...strange.map(folder => `test/${folder} has no src/${folder} beside it`),
			...untested.map(folder => `src/${folder} has no tests in test/${folder}`),
		],
		[],
	);
});

test('no check of the compiler or of the linter for types is switched off', t => {
	const rules = JSON.parse(textOf('biome.json')).linter.rules;
	t.is(rules.suspicious.noExplicitAny, 'error');
	t.is(rules.style.noNonNullAssertion, 'error');
	const muzzles = /@ts-(?:ignore|nocheck|expect-error)|biome-ignore[^:]*(?:noExplicitAny|NonNull)/;
	const muzzled = files.filter(file => muzzles.test(textOf(`src/${file}`)));
	t.deepEqual(muzzled, [], 'these files silence the compiler or the linter about types');
});

test('nothing is left to be done later', t => {
	// The brackets keep this file from finding itself.
	const words = /\bTO[D]O\b|\bFIX[M]E\b/;
	const folders = ['src', 'test', 'scripts', 'examples', 'scenarios', 'docs'];
	const unfinished = folders
		.flatMap(folder => filesBelow(folder).map(file => `${folder}/${file}`))
		.filter(path => words.test(textOf(path)))
		.map(path => `${path} says that something is left to be done; do it, or open an issue`);
	t.deepEqual(unfinished, []);
});

function floorOf(file: string): number {
	return floors.findIndex(floor => floor.includes(placeOf(file)));
}

/** The top folder that a file is in; what stands in `src` itself belongs to start-double. */
function placeOf(file: string): string {
	const [top = file, ...rest] = file.split('/');
	return rest.length > 0 || top === 'errors.ts' || top === 'index.ts' ? top : 'start-double';
}

function goesDown({from, to}: Import): boolean {
	return placeOf(from) === placeOf(to) || floorOf(to) < floorOf(from);
}

function describeUpward({from, to}: Import): string {
	const place = floorOf(from) === floorOf(to) ? 'on the same floor' : 'on a higher floor';
	return `src/${from} imports src/${to}, which stands ${place}; move what they share further down`;
}

/** Each cycle once, as `a.ts -> b.ts -> a.ts`. */
function findCycles(): string[] {
	const cycles = files.flatMap(file => {
		const path = pathFrom(file, ({to}) => to === file);
		return path === undefined || path.some(other => other < file) ? [] : [path.join(' -> ')];
	});
	return cycles.map(cycle => `src has a cycle of imports: ${cycle}`);
}

/** The shortest way along imports from `start` to one that `isGoal`, its target included. */
function pathFrom(start: string, isGoal: (edge: Import) => boolean): string[] | undefined {
	const ways = [[start]];
	const seen = new Set([start]);
	for (const way of ways) {
		const edges = imports.filter(({from}) => from === way.at(-1));
		const goal = edges.find(isGoal);
		if (goal) return [...way, goal.to];
		for (const {to, isPackage} of edges) {
			if (isPackage || seen.has(to)) continue;
			seen.add(to);
			ways.push([...way, to]);
		}
	}
	return undefined;
}

function countLines(file: string): number {
	return textOf(`src/${file}`).split('\n').length - 1;
}

/** The top folders of the files. Deeper ones may be missing in test, or hold files to test with. */
function foldersOf(paths: readonly string[]): string[] {
	const nested = paths.filter(path => path.includes('/'));
	return [...new Set(nested.map(path => path.slice(0, path.indexOf('/'))))];
}
