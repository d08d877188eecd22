import {FollowthroughError} from './errors.ts';
import {originOf} from './http/origin.ts';
import type {CompiledScenario} from './scenario/compiled.ts';

/** How a double is started. */
export interface StartOptions {
	/**
	 * Fixed ports by documented origin, such as `{'https://api.example.test': 8080}`. Tests should
	 * leave them out: each listener then gets a free port.
	 */
	readonly ports?: Readonly<Record<string, number>>;
	/**
	 * Whether `url` and `urlOf` give https URLs for https origins, whose listeners then speak TLS alone
	 * (HTTP/2 and HTTP/1.1, by ALPN), with certificates of the double's own CA; false unless told: then
	 * they give http URLs, and these listeners take plain HTTP, and TLS from a client that begins it.
	 */
	readonly tls?: boolean;
	/**
	 * The address to listen on, for listeners and proxy: an IP address of this machine or a name that
	 * stands for one, such as `localhost`; `0.0.0.0` or `::` for all. 127.0.0.1 unless told, which no other
	 * machine can reach.
	 */
	readonly host?: string;
	/**
	 * The host name or IP address by which clients reach the double: it stands in `url`, `urlOf`, Locations,
	 * `proxy`, `env` and `resolve`, and in the certificates. The address of `host` unless told; 127.0.0.1
	 * where that is all addresses.
	 */
	readonly advertise?: string;
	/** The port of the forward proxy; a free one unless told. */
	readonly proxyPort?: number;
	/** How many exchanges the journal keeps, the oldest dropped first; all, unless told. */
	readonly maxExchanges?: number;
	/**
	 * How many bytes of each request's body are kept, from the first on; all, unless told. Of a larger
	 * body, size and digest are still exact: see `body.kept` and `body.notKept`.
	 */
	readonly maxBodySize?: number;
}

/** @throws FollowthroughError ORIGIN_UNKNOWN or OPTION_INVALID */
export function portsOf(
	{ports = {}}: Pick<StartOptions, 'ports'>,
	{origins}: CompiledScenario,
): Map<string, number> {
	return new Map(
		Object.entries(ports).map(([documented, port]) => {
			const origin = originOf(documented);
			if (origin === undefined || !origins.includes(origin))
				throw new FollowthroughError(
					'ORIGIN_UNKNOWN',
					`The option ports names "${documented}", which is no origin of the scenario. Its origins are ${origins.join(', ')}.`,
				);
			if (!isPort(port))
				throw new FollowthroughError(
					'OPTION_INVALID',
					`The option ports gives ${origin} the port ${String(port)}; expected a whole number from 0 to 65535.`,
				);
			return [origin, port];
		}),
	);
}

/** @throws FollowthroughError OPTION_INVALID */
export function proxyPortOf({proxyPort = 0}: StartOptions): number {
	if (isPort(proxyPort)) return proxyPort;
	throw new FollowthroughError(
		'OPTION_INVALID',
		`The option proxyPort is ${String(proxyPort)}; expected a whole number from 0 to 65535.`,
	);
}

function isPort(port: number): boolean {
	return Number.isInteger(port) && port >= 0 && port <= 65535;
}

/** @throws FollowthroughError OPTION_INVALID */
export function hostOptionsOf({host = '127.0.0.1', advertise}: StartOptions): {
	host: string;
	advertise: string | undefined;
} {
	for (const [name, value] of Object.entries({host, advertise}))
		if (value !== undefined && (typeof value !== 'string' || value === ''))
			throw new FollowthroughError(
				'OPTION_INVALID',
				`The option ${name} is ${JSON.stringify(value)}; expected a host name or an IP address.`,
			);
	return {host, advertise};
}

/** @throws FollowthroughError OPTION_INVALID */
export function maxExchangesOf({maxExchanges = Number.POSITIVE_INFINITY}: StartOptions): number {
	if (maxExchanges === Number.POSITIVE_INFINITY) return maxExchanges;
	if (Number.isInteger(maxExchanges) && maxExchanges > 0) return maxExchanges;
	throw new FollowthroughError(
		'OPTION_INVALID',
		`The option maxExchanges is ${String(maxExchanges)}; expected a whole number of 1 or more.`,
	);
}

/** @throws FollowthroughError OPTION_INVALID */
export function maxBodySizeOf({maxBodySize = Number.POSITIVE_INFINITY}: StartOptions): number {
	if (maxBodySize === Number.POSITIVE_INFINITY) return maxBodySize;
	if (Number.isInteger(maxBodySize) && maxBodySize >= 0) return maxBodySize;
	throw new FollowthroughError(
		'OPTION_INVALID',
		`The option maxBodySize is ${String(maxBodySize)}; expected a whole number of bytes, 0 or more.`,
	);
}

/** @throws FollowthroughError OPTION_INVALID */
export function tlsOf({tls = false}: StartOptions): boolean {
	if (typeof tls === 'boolean') return tls;
	throw new FollowthroughError(
		'OPTION_INVALID',
		`The option tls is ${String(tls)}; expected true or false.`,
	);
}
