import {type EventFeed, exchangeOf} from './event-feeds.ts';
import type {DoubleEvent} from './event-log.ts';
import {exchangeView} from './views/exchange.ts';
import {hopView} from './views/hop.ts';
import type {Secrets} from './views/wire-text.ts';

/** How events are told to one client. */
export interface Telling {
	readonly secrets: Secrets;
	/** The id of the last event that the client has; all that are kept are told without one. */
	readonly lastId?: string | undefined;
	/** Milliseconds of silence before a comment is sent, so that nothing on the way takes the connection for dead. */
	readonly heartbeat: number;
	/** Aborted when the client has gone. */
	readonly signal: AbortSignal;
}

/**
 * The events of a double in the form of the HTML Standard, 9.2.6. A piece is made when the one before it
 * was taken: a client that reads slowly holds no events in memory, and is told how many it has missed.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export async function* eventStream(
	feed: EventFeed,
	{secrets, lastId, heartbeat, signal}: Telling,
): AsyncGenerator<string, void, undefined> {
	const {log, name} = feed;
	let last = placeOf(lastId, feed);
	let missed = 0;
	// Something goes out at once, so that the client knows that it is heard.
	yield 'retry: 1000\n\n';
	while (!signal.aborted) {
		const next = log.after(last);
		if (next === undefined) {
			if (log.ended) return;
			await log.change(heartbeat, signal);
			if (log.after(last) === undefined && !log.ended && !signal.aborted) yield ': still here\n\n';
			continue;
		}
		last = next.number;
		const data = dataOf(next.event, feed, secrets);
		missed = data === undefined ? missed + next.missed + 1 : missed + next.missed;
		if (data === undefined) continue;
		const before = missed === 0 ? '' : textOf('missed', {count: missed});
		missed = 0;
		yield `${before}id: ${name}-${last}\n${textOf(next.event.type, data)}`;
	}
}

/** The number of the event that a client has last; 0 for one that is none of this feed. */
function placeOf(id: string | undefined, {log, name}: EventFeed): number {
	const [, ofFeed, number] = /^(\w+)-(\d{1,15})$/.exec(id ?? '') ?? [];
	return ofFeed === name && Number(number) <= log.last ? Number(number) : 0;
}

/** Undefined for what the journal has dropped. */
function dataOf(event: DoubleEvent, {double}: EventFeed, secrets: Secrets): object | undefined {
	if (event.type === 'reset') return {};
	if (event.type === 'phase') return {phase: event.phase};
	if (event.type === 'scenario') return {scenario: event.scenario};
	const exchange = exchangeOf(double, event.exchange);
	if (exchange === undefined || event.type === 'exchange')
		return exchange && exchangeView(exchange, secrets);
	const hop = double.journal.hopTo(exchange);
	return hop && hopView(hop, secrets, double.judged(hop).findings());
}

/** JSON has no line breaks of its own, so that the data is one line. */
function textOf(type: string, data: object): string {
	return `event: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
}
