import {FollowthroughError} from '../errors.ts';
import {splitOrigin} from '../http/origin.ts';

/** Where each documented origin can be reached on this machine. */
export class Addresses {
	readonly #local = new Map<string, string>();
	#version = 0;

	/** Grows with each address that is set. */
	get version(): number {
		return this.#version;
	}

	/** @param local such as `http://127.0.0.1:41234`, for the documented `origin` */
	set(origin: string, local: string): void {
		this.#local.set(origin, local);
		this.#version++;
	}

	/** Documented origin and local address of each listener, in the scenario's order. */
	entries(): [documented: string, local: string][] {
		return [...this.#local];
	}

	/** The local address of a documented origin; undefined where it has no listener. */
	localOf(origin: string): string | undefined {
		return this.#local.get(origin);
	}

	/**
	 * The local form of a documented URL, its path, query and fragment byte for byte.
	 *
	 * @throws FollowthroughError ORIGIN_UNKNOWN when the scenario has no such origin
	 */
	urlOf(documented: string): string {
		const local = this.#translate(documented);
		if (local !== undefined) return local;
		const known = [...this.#local.keys()].join(', ');
		throw new FollowthroughError(
			'ORIGIN_UNKNOWN',
			`"${documented}" is not of this double's scenario. Its origins are ${known}.`,
		);
	}

	/**
	 * The local form of a Location in a response from `origin`, when it names a documented origin;
	 * otherwise the Location as it is. What is wrong with it, such as userinfo, stays wrong.
	 *
	 * @param secured whether the response goes out over TLS: then an https origin stays https
	 */
	localLocation(location: string, origin: string, secured = false): string {
		if (!location.startsWith('//')) return this.#translate(location, secured) ?? location;
		const scheme = origin.slice(0, origin.indexOf('//'));
		const local = this.#translate(scheme + location, secured);
		return local === undefined ? location : local.slice(local.indexOf('//'));
	}

	#translate(url: string, secured = false): string | undefined {
		const parts = splitOrigin(url);
		const local = parts && this.#local.get(parts.origin);
		if (parts === undefined || local === undefined) return undefined;
		const userinfo = parts.authority.slice(0, parts.authority.lastIndexOf('@') + 1);
		const isSecure = secured && parts.origin.startsWith('https:');
		const reached = isSecure ? local.replace(/^http:/, 'https:') : local;
		return reached.replace('//', () => `//${userinfo}`) + parts.rest;
	}
}
