import {constantSize} from '../compile-body.ts';
import type {LoadedScenario} from '../loaded.ts';
import type {PathParameter} from '../path-pattern.ts';
import type {Fault} from '../positions.ts';
import {readRequest} from '../requests-of.ts';
import {type PlacedResponse, responsesOf} from '../responses-of.ts';
import {parseStatus} from '../status.ts';
import type {Response} from '../types.ts';
import {bodyOfMessage} from './bodies.ts';

/** Beside a fault, and where there is no body, stands nothing that could not take effect. */
export function checkFaults({scenario, folder}: LoadedScenario): Fault[] {
	return scenario.routes.flatMap((route, index) => {
		const line = readRequest(route);
		return responsesOf(route, index).flatMap(placed => {
			const idle = idleMembers(placed);
			if (idle.length > 0 || 'faults' in line) return idle;
			return sizeFaults(placed, line.parameters, folder);
		});
	});
}

type Member = keyof Response;

const ofBody = ['bodyDelay', 'bytesPerSecond'] as const;
const ofWire: readonly Member[] = [...ofBody, 'packetSize'];
const ofContent: readonly Member[] = ['status', 'headers', 'json', 'text', 'base64', 'file'];

const noBody = 'the response has no body';
const bodiless = {
	bodyDelay: `${noBody}, and "delay" waits before all of it`,
	bytesPerSecond: noBody,
} as const;

/** What stands beside a fault, and has no effect there. */
function idleMembers({response, path}: PlacedResponse): Fault[] {
	const {fault} = response;
	if (fault === undefined) return [];
	const {members, reason} = withoutEffect(fault);
	const present = members.filter(member => isWritten(response, member));
	const afterwards = response.afterwards !== undefined;
	return [
		...present.map(member => idle(path, member, reason)),
		...(afterwards ? [idle(path, 'afterwards', 'a fault ends the connection by itself')] : []),
	];
}

/** Of a status only what is not the default, which is filled in where none is written. */
function isWritten(response: Response, member: Member): boolean {
	if (member === 'status') return parseStatus(response.status).code !== 200;
	return response[member] !== undefined;
}

function idle(path: string, member: string, reason: string): Fault {
	return {path: `${path}/${member}`, message: `"${member}" has no effect: ${reason}; leave it out`};
}

function withoutEffect(fault: NonNullable<Response['fault']>): {
	readonly members: readonly Member[];
	readonly reason: string;
} {
	if (fault === 'reset-before-head') {
		return {members: ofWire, reason: `with the fault "${fault}" nothing of the response goes out`};
	}
	if (typeof fault === 'string') {
		return {members: ofBody, reason: `with the fault "${fault}" nothing of the body goes out`};
	}
	if (fault.garbage !== undefined) {
		return {
			members: [...ofContent, ...ofWire],
			reason: 'garbage is sent in place of the whole response',
		};
	}
	const members = fault.truncateAfter === 0 ? ofBody : [];
	return {members, reason: 'with "truncateAfter: 0" nothing of the body goes out'};
}

/** What the size of a body rules out, where it is always the same. */
function sizeFaults(
	{response, path}: PlacedResponse,
	parameters: readonly PathParameter[],
	folder: string | undefined,
): Fault[] {
	const {fault} = response;
	const after = typeof fault === 'object' ? fault.truncateAfter : undefined;
	const slowed = ofBody.filter(member => response[member] !== undefined);
	if (after === undefined && slowed.length === 0) return [];
	if (bodyOfMessage(response, path, folder).length > 0) return [];
	const size = constantSize(response, parameters, folder);
	if (size === undefined) return [];
	return [
		...(size === 0 ? slowed.map(member => idle(path, member, bodiless[member])) : []),
		...(after === undefined || after < size ? [] : [tooLong(path, after, size)]),
	];
}

function tooLong(path: string, after: number, size: number): Fault {
	const message =
		size === 0
			? `"truncateAfter" has no effect: ${noBody}; give it one, or leave the fault out`
			: `expected less than the ${size} bytes of the body, found ${after}`;
	return {path: `${path}/fault/truncateAfter`, message};
}
