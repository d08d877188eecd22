import {open} from 'node:fs/promises';
import {http2StreamOf} from '../journal/http2-stream.ts';
import type {CompiledResponse, PathParameters, ResponseBody} from '../scenario/compiled.ts';
import {expectsContinue} from './awaited-body.ts';
import {connectionFields} from './connection-fields.ts';
import {setField} from './set-field.ts';
import type {HandlerContext} from './state.ts';
import {StraightResponse} from './straight-response.ts';
import {waitOrClose} from './until-closed.ts';
import {carrierOfAnswer} from './when-out.ts';

/** Answers with a scripted response, its header lines in the order and case in which they are written. */
export function send(
	ctx: HandlerContext,
	response: CompiledResponse,
	parameters: PathParameters,
): Promise<void> | undefined {
	if (response.delay === 0) return sendNow(ctx, response, parameters);
	// A client that leaves ends the wait, and so does the double when it closes.
	const waited = waitOrClose(carrierOfAnswer(ctx), response.delay);
	return waited.then(() => sendNow(ctx, response, parameters));
}

function sendNow(
	ctx: HandlerContext,
	response: CompiledResponse,
	parameters: PathParameters,
): Promise<void> | undefined {
	ctx.status = response.status;
	// HTTP/2 has no reason phrase; Node leaves it out with a warning.
	const isHttp2 = http2StreamOf(ctx.res) !== undefined;
	if (response.reason !== undefined && !isHttp2) ctx.message = response.reason;
	const goesStraight = !isHttp2 && isUnobserved(ctx) && isOrdinary(response);
	const straight = goesStraight ? StraightResponse.of(response, parameters) : undefined;
	if (straight === undefined) return sendByKoa(ctx, response, parameters);
	ctx.state.straight = straight;
	return undefined;
}

async function sendByKoa(
	ctx: HandlerContext,
	response: CompiledResponse,
	parameters: PathParameters,
): Promise<void> {
	const fields = fieldsOf(response, parameters);
	// HTTP/2 has no fields of connections; Node leaves them out with a warning.
	if (http2StreamOf(ctx.res)) for (const name of fields.keys()) dropOfConnection(fields, name);
	for (const [name, values] of fields) setField(ctx.res, name, values);
	await setBody(ctx, response.body(parameters));
	setLengthAsWritten(ctx, fields);
	if (comesAlone(response)) return;
	const {sendScripted} = await import('./send-scripted.ts');
	await sendScripted(ctx, response, parameters);
}

/** Whether a request is over, its client waits for nothing else, and nobody else sees the response. */
function isUnobserved(ctx: HandlerContext): boolean {
	const {reading, isShared} = ctx.state;
	return isShared === undefined && reading.ended && !expectsContinue(ctx);
}

/** Whether nothing comes with a response, before it, or behind it. */
function isOrdinary(response: CompiledResponse): boolean {
	return response.afterwards === 'keep-alive' && comesAlone(response);
}

/** Whether nothing comes before a response, and it goes out whole and at once, as nearly all do. */
function comesAlone({interim, fault, pace}: CompiledResponse): boolean {
	const {bodyDelay, bytesPerSecond, packetSize} = pace;
	const isPaced = bodyDelay > 0 || Math.min(bytesPerSecond, packetSize) < Number.POSITIVE_INFINITY;
	return interim.length === 0 && fault === undefined && !isPaced;
}

/**
 * The values of each field, in order. Koa's `ctx.set` would do for most, but `ctx.res` is where names
 * keep their case and lists their lines.
 */
function fieldsOf(response: CompiledResponse, parameters: PathParameters): Map<string, string[]> {
	const byName = new Map<string, string[]>();
	for (const [name, value] of response.headers(parameters))
		byName.set(name, [...(byName.get(name) ?? []), value]);
	return byName;
}

function dropOfConnection(fields: Map<string, string[]>, name: string): void {
	if (connectionFields.has(name.toLowerCase())) fields.delete(name);
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

/** Koa has set the length of the body; what the scenario says goes out, right or wrong. */
function setLengthAsWritten(
	{res, state, response}: HandlerContext,
	fields: ReadonlyMap<string, string[]>,
): void {
	for (const [name, values] of fields) {
		if (name.toLowerCase() !== 'content-length') continue;
		if (response.length !== undefined) state.bodySize = response.length;
		setField(res, name, values);
	}
}
