import {open} from 'node:fs/promises';
import {setTimeout as pause} from 'node:timers/promises';
import type {CompiledResponse, PathParameters, ResponseBody} from '../scenario/compiled.ts';
import type {HandlerContext} from './state.ts';

/** Answers with a scripted response, its header lines in the order and case in which they are written. */
export async function send(
	ctx: HandlerContext,
	response: CompiledResponse,
	parameters: PathParameters,
): Promise<void> {
	if (response.delay > 0) await untilDelayOrClose(ctx, response.delay);
	ctx.status = response.status;
	if (response.reason !== undefined) ctx.message = response.reason;
	setHeaders(ctx, response, parameters);
	await setBody(ctx, response.body(parameters));
}

/** A client that leaves ends the wait, and so does the double when it closes. */
async function untilDelayOrClose({res}: HandlerContext, delay: number): Promise<void> {
	const left = new AbortController();
	const leave = () => left.abort();
	res.once('close', leave);
	try {
		await pause(delay, undefined, {signal: left.signal});
	} catch {
		// Nobody is there to answer any more; what is sent now goes nowhere.
	}
	res.off('close', leave);
}

/** Koa's `ctx.set` would do for most, but `ctx.res` is where names keep their case and lists their lines. */
function setHeaders(
	ctx: HandlerContext,
	response: CompiledResponse,
	parameters: PathParameters,
): void {
	const byName = new Map<string, string[]>();
	for (const [name, value] of response.headers(parameters))
		byName.set(name, [...(byName.get(name) ?? []), value]);
	for (const [name, [value = '', ...more]] of byName)
		ctx.res.setHeader(name, more.length === 0 ? value : [value, ...more]);
}

/** A body is always set, an empty one too: without one, Koa sends the words of the status. */
async function setBody(ctx: HandlerContext, {content, type}: ResponseBody): Promise<void> {
	const typed = ctx.res.hasHeader('Content-Type');
	if (!typed && type !== undefined) ctx.res.setHeader('Content-Type', type);
	if ('file' in content) {
		// Opened before the head goes out: a file that is gone by now is told as an error, not cut off.
		ctx.body = (await open(content.file)).createReadStream();
		ctx.length = content.size;
	} else {
		ctx.body = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
	}
	// Koa names a type for every body; a scenario that names none sends none.
	if (!typed && type === undefined) ctx.remove('Content-Type');
}
