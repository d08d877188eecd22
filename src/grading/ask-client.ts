import {setTimeout as wait} from 'node:timers/promises';
import {FollowthroughError} from '../errors.ts';
import {printable} from '../http/printable.ts';
import {maskedText, maskedUrl} from '../http/secrets.ts';
import type {AskedCall, ClientAdapter, DocumentedCall} from './client-adapter.ts';
import type {CallResult} from './grade.ts';

/** How long a client has for a call. */
export interface CallLimits {
	/** In milliseconds. */
	readonly timeout: number;
	/** Ends the call at once; what it came to then counts for nothing. */
	readonly signal?: AbortSignal | undefined;
}

/**
 * Has the client make one call, and says what became of it. Never rejects. A client that gives no
 * answer in time is not waited for: it gets the signal, and what it does later counts for nothing.
 */
export async function askClient(
	client: ClientAdapter,
	call: DocumentedCall,
	{timeout, signal}: CallLimits,
): Promise<CallResult> {
	const over = new AbortController();
	const end = signal === undefined ? over.signal : AbortSignal.any([over.signal, signal]);
	const hung: CallResult = {ended: 'hung', milliseconds: timeout};
	const late = wait(timeout, undefined, {signal: end}).then(
		() => hung,
		() => hung,
	);
	try {
		return await Promise.race([answerOf(client, askedOf(call, end)), late]);
	} finally {
		over.abort();
	}
}

/** With a body of its own: what a client does to it, such as to transfer it, is no matter of others. */
function askedOf(call: DocumentedCall, signal: AbortSignal): AskedCall {
	return {...call, ...(call.body && {body: call.body.slice()}), signal};
}

async function answerOf(client: ClientAdapter, call: AskedCall): Promise<CallResult> {
	try {
		return resultOf(await client(call));
	} catch (error) {
		const crashed = error instanceof FollowthroughError && error.code === 'CLIENT_CRASHED';
		return {ended: crashed ? 'crashed' : 'failed', error: complaint(error)};
	}
}

/** What an adapter resolved with; adapters in JavaScript may resolve with anything. */
function resultOf(answer: unknown): CallResult {
	if (answer === undefined || answer === null) return {ended: 'answered'};
	if (typeof answer !== 'object') return misreported(`${typeof answer} ${String(answer)}`);
	const status = 'status' in answer ? answer.status : undefined;
	if (status === undefined) return {ended: 'answered'};
	if (typeof status !== 'number' || !Number.isInteger(status))
		return misreported(`${typeof status} ${String(status)} as its status`);
	return {ended: 'answered', status};
}

function misreported(what: string): CallResult {
	const error = `the adapter resolved with the ${printable(what, mostBytes)}; expected nothing, or an object whose status is a whole number, such as {status: 201}`;
	return {ended: 'misreported', error};
}

/** An error in words; what Fetch says is in its cause. It may quote what was sent. */
function complaint(error: unknown): string {
	return printable(maskedText(maskedUrl(wordsOf(error))), mostBytes);
}

/** More of an error than a person will read. */
const mostBytes = 500;

function wordsOf(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	const {message, cause} = error;
	const words = message === '' ? error.name : message;
	return cause instanceof Error && cause.message !== '' ? `${words}: ${cause.message}` : words;
}
