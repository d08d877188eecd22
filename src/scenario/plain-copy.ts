import {didYouMean} from './near-name.ts';
import {pointerTo} from './pointer.ts';
import type {Fault} from './positions.ts';
import type {AnyHandler} from './types.ts';

export interface PlainCopy {
	/** The data without its handlers. */
	readonly data: unknown;
	/** The handlers that stood as a route's response, by route number. */
	readonly handlers: ReadonlyMap<number, AnyHandler>;
	/** What has no place in a scenario: functions elsewhere, cycles, values that JSON can't say. */
	readonly faults: readonly Fault[];
}

/**
 * A deep copy of what an author gave, so that filling in defaults leaves the author's object as it
 * is. Members that are undefined count as not there. Handlers are taken out: the schema knows data only.
 */
export function copyPlain(input: unknown): PlainCopy {
	const copier = new Copier();
	const data = copier.copy(input, [], []);
	return {data, handlers: copier.handlers, faults: copier.faults};
}

type Path = readonly (string | number)[];

class Copier {
	readonly handlers = new Map<number, AnyHandler>();
	readonly faults: Fault[] = [];

	copy(value: unknown, path: Path, parents: readonly object[]): unknown {
		if (isFunction(value)) return this.takeHandler(value, path);
		if (typeof value === 'bigint' || typeof value === 'symbol') {
			return this.refuse(path, `a ${typeof value} has no place in a scenario`);
		}
		if (typeof value === 'number' && !Number.isFinite(value)) {
			return this.refuse(path, `${value} is no number that JSON can say`);
		}
		if (typeof value !== 'object' || value === null) return value;
		if (parents.includes(value)) return this.refuse(path, 'this object contains itself');
		const around = [...parents, value];
		if (Array.isArray(value)) return value.map((item, i) => this.copy(item, [...path, i], around));
		return this.copyMembers(value, path, around);
	}

	private copyMembers(value: object, path: Path, parents: readonly object[]): object {
		const members: [string, unknown][] = [];
		for (const [name, member] of Object.entries(value)) {
			const copied = this.copy(member, [...path, name], parents);
			if (copied !== undefined) members.push([name, copied]);
		}
		return Object.fromEntries(members);
	}

	private takeHandler(handler: AnyHandler, path: Path): undefined | null {
		const [top, route, member] = path;
		const message = 'a function can only stand as the "response" of a route';
		if (path.length !== 3 || top !== 'routes' || typeof route !== 'number') {
			return this.refuse(path, message);
		}
		if (member !== 'response') {
			return this.refuse(path, message + didYouMean(String(member), ['response']));
		}
		this.handlers.set(route, handler);
		return undefined;
	}

	/** Null stands in for what was refused, so that the schema finds something in its place. */
	private refuse(path: Path, message: string): null {
		this.faults.push({path: pointerTo(...path), message});
		return null;
	}
}

function isFunction(value: unknown): value is AnyHandler {
	return typeof value === 'function';
}
