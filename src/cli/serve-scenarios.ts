import {once} from 'node:events';
import {type Look, paint} from '../verdict/paint.ts';
import {followLive} from './follow-live.ts';
import {formatListing} from './listing.ts';
import {formatLive, type LiveExchange} from './live-text.ts';
import {openDoubles, type Served} from './open-doubles.ts';
import {proxyAdvice} from './proxy-advice.ts';
import {Tally} from './tally.ts';
import {wantsColors} from './wants-colors.ts';

const {stdout} = process;

/** What is served, and how the user has asked for it. */
export interface Serving {
	/** Names and paths; empty for all shipped scenarios. */
	readonly scenarios: readonly string[];
	/** The port of the first listener, the others take the ones after it; free ports, unless told. */
	readonly port?: number | undefined;
	/** What a name of a scenario is put behind to serve that one, such as `npm start --`. */
	readonly command: string;
	/** Where the pages of the rules are, as seen from the working directory. */
	readonly pages?: string;
}

/**
 * Serves scenarios, and tells what comes, until SIGINT or SIGTERM.
 *
 * @throws FollowthroughError or an AggregateError of those, one for each scenario that can't be served
 */
export async function serveScenarios({scenarios, port, command, pages}: Serving): Promise<void> {
	const stopped = stopAsked();
	const served = await openDoubles(scenarios, port);
	const look = {colors: wantsColors(stdout, process.env)};
	const say = (text: string) => void stdout.write(`${text}\n`);
	say(listings(served, look));
	// The first CA takes a while: the listing is there by then.
	say(`${await proxyAdvice(served, command, look)}\n`);
	say(`${paint('bold', advice(served.length), look)}\n`);
	const tally = new Tally();
	const tell = (live: LiveExchange) => {
		tally.add(live);
		say(formatLive(live, {...look, ...(pages !== undefined && {pages})}));
	};
	const told = served.map(each => followLive(each, tell));
	await Promise.race([stopped, ...told]);
	await Promise.all(served.map(({double}) => double.close()));
	await Promise.all(told);
	say(`Stopped: ${tally.words}.`);
}

/** Resolves when the user or the system asks to stop, or when nobody reads what is told any more. */
async function stopAsked(): Promise<void> {
	// A pipe such as "| head" that is closed is no fault; what is written after that is lost.
	const unread = new Promise(resolve => stdout.on('error', resolve));
	await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM'), unread]);
}

function listings(served: readonly Served[], look: Look): string {
	return served
		.map(each => `${formatListing(each, documented => each.double.urlOf(documented), look)}\n`)
		.join('\n');
}

function advice(count: number): string {
	const scenarios = count === 1 ? '1 scenario' : `${count} scenarios`;
	return `Serving ${scenarios}. Paste a curl line into another terminal: each hop is told here. Ctrl+C stops.`;
}
