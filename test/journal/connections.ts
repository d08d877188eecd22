import {EventEmitter} from 'node:events';
import {IncomingMessage, ServerResponse} from 'node:http';
import {Socket} from 'node:net';
import test from 'ava';
import {Recorder} from '../../src/journal/recorder.ts';

const head = {
	method: 'GET',
	target: '/',
	url: 'https://api.example.test/',
	origin: 'https://api.example.test',
	headers: [],
	httpVersion: '2.0',
	framing: 'none',
} as const;

test('a connection holds the exchanges that go on, and none that is over behind one that hangs', t => {
	const recorder = new Recorder({
		callFields: [],
		maxExchanges: Number.POSITIVE_INFINITY,
		checkJson: async () => [],
	});
	const connection = recorder.connect(new EventEmitter(), {peer: 'here', door: 'listener'});
	const turns = [1, 2, 3].map(() => ({
		recording: recorder.begin(head, connection),
		response: new ServerResponse(new IncomingMessage(new Socket())),
	}));
	for (const turn of turns) connection.began(turn);
	t.deepEqual(connection.open, turns);
	const [hanging, over, last] = turns;
	if (over) connection.ended(over);
	t.deepEqual(connection.open, [hanging, last]);
});
