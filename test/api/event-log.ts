import test from 'ava';
import {Doubles} from '../../src/api/doubles.ts';
import {EventFeeds} from '../../src/api/event-feeds.ts';
import {EventLog} from '../../src/api/event-log.ts';
import {eventStream} from '../../src/api/event-stream.ts';
import {startDouble} from '../../src/index.ts';
import {ask} from '../helpers/raw-client.ts';

test('a log keeps the latest events, and says how many of a reader are gone', t => {
	const log = new EventLog(2);
	t.is(log.after(0), undefined);
	for (let exchange = 1; exchange <= 5; exchange++) log.add({type: 'exchange', exchange});
	t.deepEqual(log.after(0), {event: {type: 'exchange', exchange: 3}, number: 3, missed: 2});
	t.deepEqual(log.after(1)?.missed, 1);
	t.deepEqual(log.after(4), {event: {type: 'exchange', exchange: 5}, number: 5, missed: 0});
	t.is(log.after(5), undefined);
});

test('what a reset has made void is not missed', t => {
	const log = new EventLog(2);
	for (let exchange = 1; exchange <= 4; exchange++) log.add({type: 'exchange', exchange});
	log.add({type: 'reset'});
	t.deepEqual(log.after(1), {event: {type: 'reset'}, number: 5, missed: 0});
	for (let exchange = 1; exchange <= 4; exchange++) log.add({type: 'exchange', exchange});
	t.is(log.after(1)?.missed, 2);
});

test('a reader that is slow costs no memory, and is told what it has missed', async t => {
	const doubles = new Doubles();
	const feeds = new EventFeeds(doubles);
	const {double, id} = doubles.adopt(await startDouble('api-move', {maxExchanges: 3}));
	const feed = feeds.of(double);
	const {signal} = new AbortController();
	const events = eventStream(feed, {secrets: 'masked', heartbeat: 60_000, signal});
	t.is((await events.next()).value, 'retry: 1000\n\n');
	for (let count = 0; count < 8; count++)
		await ask(double.url, ['GET /nothing HTTP/1.1', 'Host: h']);
	await double.journal.waitFor(({number}) => number === 8);
	t.regex(
		String((await events.next()).value),
		/^event: missed\ndata: \{"count":5\}\n\nid: \w+-6\nevent: exchange\ndata: \{"number":6,/,
	);
	await doubles.remove(id);
	const left: unknown[] = [];
	for await (const text of events) left.push(text);
	t.is(left.length, 2);
});

test('a client that has gone ends its stream while nothing happens', async t => {
	const doubles = new Doubles();
	const {double} = doubles.adopt(await startDouble('api-move'));
	const left = new AbortController();
	const telling = {secrets: 'masked', heartbeat: 60_000, signal: left.signal} as const;
	const events = eventStream(new EventFeeds(doubles).of(double), telling);
	await events.next();
	const next = events.next();
	left.abort();
	t.true((await next).done);
	await doubles.close();
});

test('who comes late is told of many hops at the cost of one way through the journal', async t => {
	const doubles = new Doubles();
	const {double} = doubles.adopt(await startDouble('api-move'));
	const url = double.urlOf('https://api.example.test/api/v1/users');
	const count = 20;
	for (let call = 0; call < count; call++)
		await (await fetch(url, {method: 'POST', body: 'Ada'})).arrayBuffer();
	await double.settle({quiet: 0});
	const {journal} = double;
	const hopTo = journal.hopTo.bind(journal);
	let looks = 0;
	journal.hopTo = exchange => {
		looks++;
		return hopTo(exchange);
	};
	const {signal} = new AbortController();
	const telling = {secrets: 'masked', heartbeat: 60_000, signal} as const;
	let told = 0;
	for await (const text of eventStream(new EventFeeds(doubles).of(double), telling))
		if (text.includes('event: hop') && ++told === count) break;
	// For the feed, for the stream, and for what the rules look at: at the most once for each exchange.
	t.true(looks <= 3 * 2 * count, `${looks} looks`);
	await doubles.close();
});
