import {setTimeout as wait} from 'node:timers/promises';
import {FollowthroughError} from '../errors.ts';
import type {AskedCall, ClientAdapter, DocumentedCall} from './client-adapter.ts';
import type {CallResult} from './grade.ts';

/**
 * Has the client make one call, and says what became of it. Never rejects. A client that gives no
 * answer in time is not waited for: it gets the signal, and what it does later counts for nothing.
 *
 * @param milliseconds how long the client has
 */
export async function askClient(
	client: ClientAdapter,
	call: DocumentedCall,
	milliseconds: number,
): Promise<CallResult> {
	const limit = new AbortController();
	const over = new AbortController();
	const late = wait(milliseconds, undefined, {signal: over.signal}).then(
		(): CallResult => ({ended: 'hung', milliseconds}),
	);
	try {
		return await Promise.race([answerOf(client, {...call, signal: limit.signal}), late]);
	} finally {
		over.abort();
		late.catch(() => undefined);
		limit.abort();
	}
}

async function answerOf(client: ClientAdapter, call: AskedCall): Promise<CallResult> {
	try {
		const answer = await client(call);
		const status = answer?.status;
		return {ended: 'answered', ...(status !== undefined && {status})};
	} catch (error) {
		const crashed = error instanceof FollowthroughError && error.code === 'CLIENT_CRASHED';
		return {ended: crashed ? 'crashed' : 'failed', error: complaint(error)};
	}
}

/** An error in words; what Fetch says is in its cause. */
function complaint(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	const {message, cause} = error;
	return cause instanceof Error && cause.message !== '' ? `${message}: ${cause.message}` : message;
}
