import {once} from 'node:events';
import type {ServerResponse} from 'node:http';
import {Problem} from './problem.ts';

/** Aborted when the response is over, or its client has gone. */
export function untilLeft(response: ServerResponse): AbortSignal {
	const left = new AbortController();
	const leave = () => left.abort(new Problem('REQUEST_INVALID', 'The client has left.'));
	if (response.closed) leave();
	else void once(response, 'close').then(leave, leave);
	return left.signal;
}
