import {type HeaderLines, headerValues} from '../../src/http/header-lines.ts';

/** Cookies by host name, for cookies with no attribute but Path=/: ports do not part them (RFC 6265, 8.5). */
export class CookieJar {
	readonly #hosts = new Map<string, Map<string, string>>();

	/** Takes in what a response sets. */
	take({hostname}: URL, headers: HeaderLines): void {
		const cookies = this.#hosts.get(hostname) ?? new Map<string, string>();
		for (const line of headerValues(headers, 'set-cookie')) {
			const [pair = ''] = line.split(';', 1);
			cookies.set(pair.slice(0, pair.indexOf('=')), pair);
		}
		this.#hosts.set(hostname, cookies);
	}

	/** The value of Cookie; empty for none. */
	of({hostname}: URL): string {
		return [...(this.#hosts.get(hostname)?.values() ?? [])].join('; ');
	}
}
