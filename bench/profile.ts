/**
 * Where the server's time goes under load:
 *
 *     node bench/profile.ts [contestant, followthrough unless told] [seconds, 10] [connections, 64]
 *
 * Runs the pairs under V8's sampling profiler, and prints the functions with the most time of their
 * own, and the share of each part: the modules of Followthrough, Koa, its router, Node's own, garbage
 * collection. The .cpuprofile goes to bench/out/ for a browser's developer tools.
 */
import {mkdirSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {start} from './contestants/start.ts';
import {Load} from './load-process.ts';

interface Profile {
	readonly nodes: readonly {
		readonly id: number;
		readonly callFrame: {
			readonly functionName: string;
			readonly url: string;
			readonly lineNumber: number;
		};
		readonly children?: readonly number[];
	}[];
	readonly samples: readonly number[];
	readonly timeDeltas: readonly number[];
}

const [id = 'followthrough', seconds = '10', connections = '64'] = process.argv.slice(2);
const folder = fileURLToPath(new URL(`./out/profile-${id}`, import.meta.url));
rmSync(folder, {recursive: true, force: true});
mkdirSync(folder, {recursive: true});
const nodeArguments = ['--cpu-prof', `--cpu-prof-dir=${folder}`, '--cpu-prof-interval=500'];
const {pairs, perSecond} = await run();
const files = readdirSync(folder).filter(name => name.endsWith('.cpuprofile'));
print(JSON.parse(readFileSync(join(folder, files[0] ?? ''), 'utf8')));

async function run() {
	await using load = new Load();
	await using server = await start({id, title: id}, {nodeArguments});
	const job = {port: server.port, connections: Number(connections)};
	const done = await load.run({...job, milliseconds: Number(seconds) * 1000});
	return {pairs: done.pairs, perSecond: done.pairs / done.seconds};
}

function print(profile: Profile): void {
	const own = ownTimes(profile);
	const total = [...own.values()].reduce((sum, time) => sum + time, 0);
	const idle = timeOf(profile, own, ({functionName}) => functionName === '(idle)');
	const busy = total - idle;
	const share = (time: number) => `${((100 * time) / busy).toFixed(1)} %`.padStart(7);
	console.log(`${pairs} pairs, ${perSecond.toFixed(0)}/s; busy ${(busy / 1e6).toFixed(1)} s`);
	const byFunction = new Map<string, number>();
	const byPart = new Map<string, number>();
	for (const {id, callFrame} of profile.nodes) {
		const time = own.get(id) ?? 0;
		if (callFrame.functionName === '(idle)') continue;
		const name = `${callFrame.functionName || '(anonymous)'} ${shortened(callFrame.url)}:${callFrame.lineNumber + 1}`;
		byFunction.set(name, (byFunction.get(name) ?? 0) + time);
		const part = partOf(callFrame);
		byPart.set(part, (byPart.get(part) ?? 0) + time);
	}
	const top = (map: ReadonlyMap<string, number>, count: number) =>
		[...map].sort(([, a], [, b]) => b - a).slice(0, count);
	console.log('\nown time by part:');
	for (const [part, time] of top(byPart, 60)) console.log(share(time), part);
	console.log('\ntime by part, with what it calls of Node and V8, in microseconds for each pair:');
	for (const [part, time] of top(withPlatform(profile, own), 40))
		console.log((time / pairs).toFixed(1).padStart(7), part);
	console.log('\nown time by function:');
	for (const [name, time] of top(byFunction, 40)) console.log(share(time), name);
	console.log('\ntime with all that they call, outermost call alone:');
	for (const [name, time] of top(inclusive(profile, own), 60)) console.log(share(time), name);
}

function ownTimes({samples, timeDeltas}: Profile): Map<number, number> {
	const own = new Map<number, number>();
	for (const [index, id] of samples.entries())
		own.set(id, (own.get(id) ?? 0) + (timeDeltas[index + 1] ?? 0));
	return own;
}

function timeOf(
	{nodes}: Profile,
	own: ReadonlyMap<number, number>,
	fits: (frame: Profile['nodes'][number]['callFrame']) => boolean,
): number {
	return nodes
		.filter(({callFrame}) => fits(callFrame))
		.reduce((sum, {id}) => sum + (own.get(id) ?? 0), 0);
}

/** The time of each named function with what it calls; within recursion it counts once. */
function inclusive(profile: Profile, own: ReadonlyMap<number, number>): Map<string, number> {
	const byId = new Map(profile.nodes.map(node => [node.id, node]));
	const sums = new Map<string, number>();
	const visit = (id: number, above: ReadonlySet<string>): number => {
		const node = byId.get(id);
		if (node === undefined) return 0;
		const {functionName, url, lineNumber} = node.callFrame;
		const name = `${functionName || '(anonymous)'} ${shortened(url)}:${lineNumber + 1}`;
		const inside = above.has(name) ? above : new Set([...above, name]);
		const below = (node.children ?? []).reduce((sum, child) => sum + visit(child, inside), 0);
		const time = below + (own.get(id) ?? 0);
		if (!above.has(name) && url !== '') sums.set(name, (sums.get(name) ?? 0) + time);
		return time;
	};
	visit(profile.nodes[0]?.id ?? 0, new Set());
	return sums;
}

/** The time of each part of ours, or package, with that of the platform's functions beneath it. */
function withPlatform(profile: Profile, own: ReadonlyMap<number, number>): Map<string, number> {
	const byId = new Map(profile.nodes.map(node => [node.id, node]));
	const sums = new Map<string, number>();
	const visit = (id: number, caller: string | undefined): void => {
		const node = byId.get(id);
		if (node === undefined || node.callFrame.functionName === '(idle)') return;
		const part = partOf(node.callFrame);
		const isPlatform = part.startsWith('(') || part.startsWith('node:');
		const owner = isPlatform && caller !== undefined ? caller : part;
		sums.set(owner, (sums.get(owner) ?? 0) + (own.get(id) ?? 0));
		for (const child of node.children ?? []) visit(child, isPlatform ? caller : part);
	};
	visit(profile.nodes[0]?.id ?? 0, undefined);
	return sums;
}

function partOf({functionName, url}: {functionName: string; url: string}): string {
	if (url === '') return functionName === '(garbage collector)' ? functionName : '(native and V8)';
	if (url.startsWith('node:')) return url;
	const own = /\/src\/([^/]+\/[^/]+|[^/]+)$/.exec(url)?.[1];
	if (own !== undefined && !url.includes('node_modules')) return `followthrough ${own}`;
	return `package ${/.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1] ?? shortened(url)}`;
}

function shortened(url: string): string {
	return url.replace(/^file:\/\/.*?\/(src|node_modules|bench)\//, '$1/');
}
