import {Doubles} from '../api/doubles.ts';
import {shippedFiles} from '../scenario/shipped.ts';
import {type Look, paint} from '../verdict/paint.ts';
import {type Announcement, openedDouble, readyFd, readyFile} from './announcement.ts';
import {formatListing} from './listing.ts';
import {LiveTelling} from './live-telling.ts';
import {type ApiServing, isOpenToOthers, openApi} from './open-api.ts';
import {openDoubles, type Places, type Served} from './open-doubles.ts';
import {proxyAdvice} from './proxy-advice.ts';
import {stopAsked} from './stop-asked.ts';
import {wantsColors} from './wants-colors.ts';
import {fileOf, ScenarioWatch} from './watch-scenario.ts';

const {stdout, stderr} = process;

/** What is served, and how the user has asked for it. */
export interface Serving extends Omit<Places, 'port'>, ApiServing {
	/** Names and paths; where there are none, only the API is served. */
	readonly scenarios: readonly string[];
	/** Whether all shipped scenarios are served, too. */
	readonly all?: boolean | undefined;
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
 * Serves the HTTP API and a double for each scenario, and tells what comes, until SIGINT, SIGTERM or
 * SIGHUP.
 *
 * @throws FollowthroughError or an AggregateError of those, one for each scenario that can't be served
 */
export async function serveScenarios(serving: Serving): Promise<void> {
	const stopped = Promise.race([stopAsked(), unread()]);
	const announcements = announcementsOf(serving);
	const doubles = new Doubles({max: serving.maxDoubles});
	const api = await openApi(doubles, serving);
	const watches: ScenarioWatch[] = [];
	try {
		const served = await openAll(serving);
		for (const {double} of served) doubles.adopt(double);
		const look = {colors: wantsColors(stdout, process.env)};
		say(paint('bold', `HTTP API: ${api.url}`, look));
		if (isOpenToOthers(serving)) stderr.write(`${warning}\n`);
		await introduce(served, serving.command, look);
		if (serving.watch) watches.push(...watched(served, look));
		const telling = new LiveTelling(doubles, say, {...look, ...pagesOf(serving)});
		await announce(announcements, api.url, doubles);
		await Promise.race([stopped, telling.failed]);
		telling.end();
		await Promise.all([api.close(), doubles.close()]);
		say(await telling.summary());
	} finally {
		for (const watch of watches) watch.close();
		await Promise.all([api.close(), doubles.close()]);
		for (const announcement of announcements) announcement.end();
	}
}

const warning =
	'Other machines reach the HTTP API, and it asks for no token: set FOLLOWTHROUGH_TOKEN to one.';

/** A listener's port comes behind that of the API. */
async function openAll({all, scenarios, port, ...places}: Serving): Promise<Served[]> {
	const shipped = all ? (await shippedFiles()).map(({path}) => path) : [];
	const sources = [...scenarios, ...shipped];
	if (sources.length === 0) return [];
	return openDoubles(sources, {...places, ...(port && {port: port + 1})});
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
	url: string,
	doubles: Doubles,
): Promise<void> {
	if (announcements.length === 0) return;
	const opened = {
		pid: process.pid,
		api: {url},
		doubles: await Promise.all(doubles.all().map(({id, double}) => openedDouble(id, double))),
	};
	for (const announcement of announcements) announcement.tell(opened);
}

async function introduce(served: readonly Served[], command: string, look: Look): Promise<void> {
	if (served.length === 0) return say(`\n${paint('bold', adviceForApi, look)}\n`);
	const listings = served.map(
		each => `${formatListing(each, documented => each.double.urlOf(documented), look)}\n`,
	);
	say(`\n${listings.join('\n')}`);
	// The first CA takes a while: the listing is there by then.
	say(`${await proxyAdvice(served, command, look)}\n`);
	say(`${paint('bold', advice(served.length), look)}\n`);
}

const adviceForApi =
	'No scenario is served yet: start doubles by the API. What comes to them is told here. Ctrl+C stops.';

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
	if (watches.length === 0) stderr.write(`Nothing is watched: ${whyUnwatched(served)}.\n`);
	return watches;
}

function whyUnwatched({length}: readonly Served[]): string {
	return length === 0
		? 'no scenario is named, and those of the API come without a file'
		: 'the scenarios come with the package, and do not change';
}

function pagesOf({pages}: Serving): {readonly pages?: string} {
	return pages === undefined ? {} : {pages};
}
