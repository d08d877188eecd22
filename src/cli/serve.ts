#!/usr/bin/env node
import {once} from 'node:events';
import {FollowthroughError} from '../errors.ts';
import {type Look, paint} from '../verdict/paint.ts';
import {readServeArguments, serveHelp, UsageError} from './arguments.ts';
import {followLive} from './follow-live.ts';
import {formatListing} from './listing.ts';
import {formatLive, type LiveExchange} from './live-text.ts';
import {openDoubles, type Served} from './open-doubles.ts';
import {proxyAdvice} from './proxy-advice.ts';
import {Tally} from './tally.ts';
import {wantsColors} from './wants-colors.ts';

const {stdout, stderr} = process;

try {
	process.exitCode = await main(process.argv.slice(2));
} catch (error) {
	process.exitCode = report(error);
}

/** Serves until SIGINT or SIGTERM; resolves with the exit code. */
async function main(args: readonly string[]): Promise<number> {
	const {help, scenarios, port} = readServeArguments(args);
	if (help) {
		stdout.write(serveHelp);
		return 0;
	}
	const stopped = stopAsked();
	const served = await openDoubles(scenarios, port);
	const look = {colors: wantsColors(stdout, process.env)};
	const say = (text: string) => void stdout.write(`${text}\n`);
	say(listings(served, look));
	// The first CA takes a while: the listing is there by then.
	say(`${await proxyAdvice(served, look)}\n`);
	say(`${paint('bold', advice(served.length), look)}\n`);
	const tally = new Tally();
	// npm runs a script in the folder of its package.
	const tell = (live: LiveExchange) => {
		tally.add(live);
		say(formatLive(live, {...look, pages: 'docs/rules'}));
	};
	const told = served.map(each => followLive(each, tell));
	await Promise.race([stopped, ...told]);
	await Promise.all(served.map(({double}) => double.close()));
	await Promise.all(told);
	say(String(tally));
	return 0;
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

/** Tells a fault of the user's in its own words; any other is a fault of this program, and goes on up. */
function report(error: unknown): number {
	if (error instanceof UsageError) return complain([error], 2);
	if (error instanceof FollowthroughError) return complain([error], 1);
	if (error instanceof AggregateError) return complain(error.errors, 1);
	throw error;
}

function complain(errors: readonly Error[], exitCode: number): number {
	for (const {message} of errors) stderr.write(`${message}\n`);
	return exitCode;
}
