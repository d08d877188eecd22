import {compileBody} from './compile-body.ts';
import {compileHeaders} from './compile-headers.ts';
import type {CompiledFault, CompiledResponse, Pace} from './compiled.ts';
import type {PathParameter} from './path-pattern.ts';
import {parseStatus} from './status.ts';
import type {Response} from './types.ts';

/**
 * Compiles one response for a route with these path parameters. A response without `times` is given
 * for ever, one without `weight` has one part of the traffic, one without `delay` is sent at once.
 */
export function compileResponse(
	response: Response,
	parameters: readonly PathParameter[],
	folder: string | undefined,
): CompiledResponse {
	const {code, reason} = parseStatus(response.status);
	const {times = Number.POSITIVE_INFINITY, weight = 1, delay = 0, switchTo} = response;
	const fault = response.fault && compileFault(response.fault);
	return {
		status: code,
		...(reason !== undefined && {reason}),
		times,
		weight,
		delay,
		answerAfter: bytesAwaited(response.answer),
		afterwards: response.afterwards ?? afterFault(fault),
		...(response.continue !== undefined && {expectation: response.continue}),
		interim: (response.interim ?? []).map(({status, headers}) => ({
			status,
			headers: compileHeaders(headers, parameters),
		})),
		pace: compilePace(response),
		...(fault && {fault}),
		...(switchTo !== undefined && {switchTo}),
		headers: compileHeaders(response.headers, parameters),
		body: compileBody(response, parameters, folder),
	};
}

function bytesAwaited(answer: Response['answer']): number {
	if (answer === 'before-body') return 0;
	return typeof answer === 'object' ? answer.afterBytes : Number.POSITIVE_INFINITY;
}

function compilePace({bodyDelay, bytesPerSecond, packetSize}: Response): Pace {
	return {
		bodyDelay: bodyDelay ?? 0,
		bytesPerSecond: bytesPerSecond ?? Number.POSITIVE_INFINITY,
		packetSize: packetSize ?? Number.POSITIVE_INFINITY,
	};
}

function compileFault(fault: NonNullable<Response['fault']>): CompiledFault {
	if (typeof fault === 'string') return {kind: fault};
	const {truncateAfter, garbage = ''} = fault;
	if (truncateAfter !== undefined) return {kind: 'truncated', after: truncateAfter};
	return {kind: 'garbage', bytes: Buffer.from(garbage, 'utf8')};
}

/** A broken response ends its connection: nothing that follows on it could be read. */
function afterFault(fault: CompiledFault | undefined): CompiledResponse['afterwards'] {
	if (fault === undefined) return 'keep-alive';
	return fault.kind === 'truncated' || fault.kind === 'garbage' ? 'close' : 'reset';
}
