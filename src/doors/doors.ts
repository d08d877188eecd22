import type {Addresses} from '../app/addresses.ts';
import type {Apps} from '../app/apps.ts';
import type {AppParts} from '../app/parts.ts';
import {FollowthroughError} from '../errors.ts';
import type {AuthorityOnDemand} from './authority-on-demand.ts';
import type {Binding} from './binding.ts';
import {type Listener, listen} from './listen.ts';
import {type ForwardProxy, openProxy} from './proxy.ts';

/** What the doors of a double have in common. */
export interface DoorParts extends AppParts {
	readonly apps: Apps;
	readonly authority: AuthorityOnDemand;
	readonly binding: Binding;
	/** Whether the listeners of https origins speak TLS alone. */
	readonly tls: boolean;
}

/** Where an origin is played, or was. */
export interface Address {
	readonly documented: string;
	/** Such as `http://127.0.0.1:41234`. */
	readonly url: string;
}

/** Fixed ports by documented origin; any free one for the others. */
export type Ports = ReadonlyMap<string, number>;

/** The doors of a double: a listener for each origin of the scenario that is played, and the proxy. */
export class Doors {
	readonly proxy: ForwardProxy;
	readonly #parts: DoorParts;
	readonly #listeners = new Map<string, Listener>();
	/** Those of origins that are not played any more, while something goes on at one. */
	readonly #leaving = new Set<Listener>();
	/** The addresses that origins had which are not played any more, the oldest first; each once. */
	readonly #former = new Map<string, Address>();
	/** Settles when nothing is being opened. */
	#admitting: Promise<unknown> = Promise.resolve();
	#closed = false;

	constructor(parts: DoorParts, proxy: ForwardProxy) {
		this.#parts = parts;
		this.proxy = proxy;
	}

	/**
	 * Opens the doors of the production that is on stage, which is told the addresses; all of them or none.
	 *
	 * @throws FollowthroughError PORT_IN_USE or OPTION_INVALID
	 */
	static async open(parts: DoorParts, ports: Ports, proxyPort: number): Promise<Doors> {
		const {compiled, addresses} = parts.stage.production;
		const authority = () => parts.authority.get();
		const doors = new Doors(parts, await openProxy({...parts, authority, port: proxyPort}));
		try {
			await doors.admit(compiled.origins, ports, addresses);
			return doors;
		} catch (error) {
			await doors.close();
			throw error;
		}
	}

	/**
	 * Opens a listener for each of these origins that has none; all of them or none. Ask for no others until
	 * that is done.
	 *
	 * @param addresses where all of these origins are entered, in their order
	 * @throws FollowthroughError PORT_IN_USE, DOUBLE_CLOSED, or OPTION_INVALID for another port than that of
	 *   an open listener, or an address that this machine has not
	 */
	admit(origins: readonly string[], ports: Ports, addresses: Addresses): Promise<void> {
		const admitting = this.#admit(origins, ports, addresses);
		this.#admitting = admitting.catch(() => {});
		return admitting;
	}

	async #admit(origins: readonly string[], ports: Ports, addresses: Addresses): Promise<void> {
		this.assertOpen();
		for (const [origin, port] of ports) this.#assertPortStays(origin, port);
		const missing = origins.filter(origin => !this.#listeners.has(origin));
		const opening = missing.map(origin => this.#open(origin, ports.get(origin)));
		const settled = await Promise.allSettled(opening);
		const opened = settled.flatMap(each => (each.status === 'fulfilled' ? [each.value] : []));
		try {
			await Promise.all(opening);
			this.assertOpen();
		} catch (error) {
			await Promise.all(opened.map(listener => listener.close()));
			throw error;
		}
		for (const [index, origin] of missing.entries()) {
			const listener = opened[index];
			if (listener) this.#listeners.set(origin, listener);
		}
		for (const origin of origins) {
			const listener = this.#listeners.get(origin);
			if (listener) addresses.set(origin, listener.url);
		}
	}

	/** Closes the doors of all other origins than those that are played: each once nothing goes on there. */
	leave(): void {
		const {production} = this.#parts.stage;
		for (const [origin, listener] of this.#listeners) {
			if (production.names(origin)) continue;
			this.#listeners.delete(origin);
			this.#keepAddress({documented: origin, url: listener.url});
			this.#leaving.add(listener);
			void listener.leave().then(() => this.#leaving.delete(listener));
		}
		this.proxy.leave();
	}

	/** @throws FollowthroughError DOUBLE_CLOSED */
	assertOpen(): void {
		if (this.#closed)
			throw new FollowthroughError(
				'DOUBLE_CLOSED',
				'The double is closed, and can play no other scenario: start another one.',
			);
	}

	/** Stops listening and ends all connections. */
	async close(): Promise<void> {
		this.#closed = true;
		const doors = [...this.#listeners.values(), ...this.#leaving, this.proxy];
		await Promise.all(doors.map(door => door.close()));
		await this.#admitting;
	}

	/** Addresses at which origins were played that have others now, or none. */
	get formerAddresses(): readonly Address[] {
		return [...this.#former.values()].filter(
			({documented, url}) => this.#listeners.get(documented)?.url !== url,
		);
	}

	#keepAddress(address: Address): void {
		const key = `${address.documented} ${address.url}`;
		this.#former.delete(key);
		this.#former.set(key, address);
	}

	/** Without a fixed port, an origin that comes back has its last one, where that is free. */
	async #open(origin: string, port: number | undefined): Promise<Listener> {
		const former = [...this.#former.values()].findLast(({documented}) => documented === origin);
		if (port !== undefined || former === undefined) return this.#listen(origin, port ?? 0);
		return this.#listen(origin, portOf(former)).catch(() => this.#listen(origin, 0));
	}

	async #listen(origin: string, port: number): Promise<Listener> {
		const {apps, authority, binding, recorder, tls} = this.#parts;
		const address = {app: apps.of(origin), origin, recorder, binding, port};
		if (!origin.startsWith('https:')) return listen(address);
		const leafOnDemand = async () => (await authority.get()).leafFor(new URL(origin).hostname);
		return listen(tls ? {...address, leaf: await leafOnDemand()} : {...address, leafOnDemand});
	}

	#assertPortStays(origin: string, port: number): void {
		const listener = this.#listeners.get(origin);
		if (listener === undefined || port === 0 || port === portOf(listener)) return;
		throw new FollowthroughError(
			'OPTION_INVALID',
			`The option ports gives ${origin} the port ${port}; it has ${portOf(listener)}, and an origin that stays keeps its address.`,
		);
	}
}

function portOf({url}: Pick<Address, 'url'>): number {
	return Number(url.slice(url.lastIndexOf(':') + 1));
}
