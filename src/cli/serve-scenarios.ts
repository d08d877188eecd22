import {type Look, paint} from '../verdict/paint.ts';
import {
	type Announcement,
	type OpenedDouble,
	openedDouble,
	readyFd,
	readyFile,
} from './announcement.ts';
import {followLive} from './follow-live.ts';
import {formatListing} from './listing.ts';
import {formatLive, type LiveExchange} from './live-text.ts';
import {openDoubles, type Places, type Served} from './open-doubles.ts';
import {proxyAdvice} from './proxy-advice.ts';
import {stopAsked} from './stop-asked.ts';
import {formatSummary, Tally} from './tally.ts';
import {wantsColors} from './wants-colors.ts';
import {fileOf, ScenarioWatch} from './watch-scenario.ts';

const {stdout, stderr} = process;

/** What is served, and how the user has asked for it. */
export interface Serving extends Places {
	/** Names and paths; empty for all shipped scenarios. */
	readonly scenarios: readonly string[];
	/** What a name of a scenario is put behind to serve that one, such as `npm start --`. */
	readonly command: string;
	/** Where the pages of the rules are, as seen from the working directory. */
	readonly pages?: string;
	/** Whether a scenario file that changes is played as it is then. */
	readonly watch?: boolean | undefined;
	/** The path of a file that is there while all is open. */
	readonly readyFile?: string | undefined;
	/** The number of a file that was opened for this process, and is told that all is open. */
	readonly readyFd?: number | undefined;
}

/**
 * Serves scenarios, and tells what comes, until SIGINT, SIGTERM or SIGHUP.
 *
 * @throws FollowthroughError or an AggregateError of those, one for each scenario that can't be served
 */
export async function serveScenarios(serving: Serving): Promise<void> {
	const stopped = Promise.race([stopAsked(), unread()]);
	const announcements = announcementsOf(serving);
	const served = await openDoubles(serving.scenarios, serving);
	const watches: ScenarioWatch[] = [];
	try {
		const look = {colors: wantsColors(stdout, process.env)};
		await introduce(served, serving.command, look);
		if (serving.watch) watches.push(...watched(served, look));
		const telling = served.map(each => tellLive(each, {...look, ...pagesOf(serving)}));
		await announce(announcements, served);
		await Promise.race([stopped, ...telling.map(({over}) => over)]);
		await Promise.all(served.map(({double}) => double.close()));
		await Promise.all(telling.map(({over}) => over));
		say(formatSummary(telling.map(({name, tally}) => [name, tally])));
	} finally {
		for (const watch of watches) watch.close();
		await Promise.all(served.map(({double}) => double.close()));
		for (const announcement of announcements) announcement.end();
	}
}

/** Resolves when nobody reads what is told any more: such a pipe, as of "| head", is no fault. */
function unread(): Promise<void> {
	return new Promise(resolve => stdout.on('error', () => resolve()));
}

function say(text: string): void {
	stdout.write(`${text}\n`);
}

function announcementsOf({readyFile: file, readyFd: fd}: Serving): readonly Announcement[] {
	return [
		...(file === undefined ? [] : [readyFile(file)]),
		...(fd === undefined ? [] : [readyFd(fd)]),
	];
}

async function announce(
	announcements: readonly Announcement[],
	served: readonly Served[],
): Promise<void> {
	if (announcements.length === 0) return;
	const doubles: Promise<OpenedDouble>[] = served.map(({double}) =>
		openedDouble(double.name, double),
	);
	const opened = {pid: process.pid, doubles: await Promise.all(doubles)};
	for (const announcement of announcements) announcement.tell(opened);
}

async function introduce(served: readonly Served[], command: string, look: Look): Promise<void> {
	const listings = served.map(
		each => `${formatListing(each, documented => each.double.urlOf(documented), look)}\n`,
	);
	say(listings.join('\n'));
	// The first CA takes a while: the listing is there by then.
	say(`${await proxyAdvice(served, command, look)}\n`);
	say(`${paint('bold', advice(served.length), look)}\n`);
}

function advice(count: number): string {
	const scenarios = count === 1 ? '1 scenario' : `${count} scenarios`;
	return `Serving ${scenarios}. Paste a curl line into another terminal: each hop is told here. Ctrl+C stops.`;
}

/** Watches over the scenarios that are files; shipped ones do not change. */
function watched(served: readonly Served[], look: Look): ScenarioWatch[] {
	const watches = served.flatMap(({source, double}) => {
		const file = fileOf(source);
		const news = {
			swapped: (line: string) => say(paint('bold', line, look)),
			refused: (text: string) => void stderr.write(`${text}\n`),
		};
		return file === undefined ? [] : [new ScenarioWatch(double, source, file, news)];
	});
	if (watches.length === 0)
		stderr.write('Nothing is watched: the scenarios come with the package, and do not change.\n');
	return watches;
}

function pagesOf({pages}: Serving): {readonly pages?: string} {
	return pages === undefined ? {} : {pages};
}

/** What is told of a double while it is open. */
interface Telling {
	readonly name: string;
	readonly tally: Tally;
	/** Resolves when the double is closed, and all has been told. */
	readonly over: Promise<void>;
}

function tellLive(served: Served, look: Look & {readonly pages?: string}): Telling {
	const {double} = served;
	const tally = new Tally();
	const tell = (live: LiveExchange) => {
		tally.add(live);
		say(formatLive(live, look));
	};
	const over = followLive(served, tell).then(() => tally.end(double.hops()));
	return {name: double.name, tally, over};
}
