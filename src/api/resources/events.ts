import {Readable} from 'node:stream';
import {eventStream} from '../event-stream.ts';
import {operation} from '../operation.ts';
import {secretsFor} from '../shown-secrets.ts';
import {untilLeft} from '../until-left.ts';
import {ofDouble, withSecrets} from './parameters.ts';

const type = 'text/event-stream';

const followEvents = operation(
	{
		id: 'followEvents',
		tag: 'journal',
		method: 'GET',
		path: '/v1/doubles/{id}/events',
		summary: 'What happens, as it happens',
		description:
			'Server-sent events (HTML Standard, 9.2), each with JSON in its data: `exchange`, an exchange that was sealed; `hop`, a redirect that was followed, with its findings; `reset`, an empty object; `phase`, with the `phase` that has begun; `missed`, with the `count` of events that are kept no more. Those that came before are told first; with Last-Event-ID, those behind that one. The stream ends when the double is deleted.',
		pathParameters: ofDouble,
		query: withSecrets,
		answers: {200: {description: 'Events.', content: {[type]: {type: 'string'}}}},
		problems: ['DOUBLE_UNKNOWN', 'SECRETS_REFUSED', 'TOO_MANY_WAITING'],
	},
	({path, query}, api, ctx) => {
		const {double} = api.doubles.get(path.id);
		const secrets = secretsFor(query, api);
		if (ctx.method === 'HEAD') return {body: Readable.from([]), type};
		const leave = api.waiting.enter();
		const signal = untilLeft(ctx.res);
		if (signal.aborted) leave();
		else signal.addEventListener('abort', leave);
		const lastId = ctx.get('Last-Event-ID');
		const telling = {secrets, lastId, heartbeat: api.heartbeat, signal};
		const events = eventStream(api.feeds.of(double), telling);
		return {
			body: Readable.from(events, {objectMode: false}),
			type,
			// Of a proxy that holds responses back.
			headers: {'X-Accel-Buffering': 'no'},
		};
	},
);

/** To follow what happens. */
export const eventsOperations = [followEvents];
