import type {Double} from '../double.ts';
import type {HeaderLine, HeaderLines} from '../http/header-lines.ts';
import {splitOrigin} from '../http/origin.ts';

/** Gives field lines in which a listener's address stands their documented form. */
export type DocumentFields = (lines: HeaderLines) => HeaderLine[];

/**
 * A client that was given local URLs names the listeners in Host, Origin, Referer and the like, and is
 * given Locations that do. In an export, all of these are as at the documented URLs, also those of origins
 * that were swapped out.
 */
export function documentFields({
	origins,
	formerOrigins,
}: Pick<Double, 'origins' | 'formerOrigins'>): DocumentFields {
	const documentedOf = new Map(
		// Of two that had the same address, the later one counts.
		[...formerOrigins, ...origins].flatMap(({documented, url}) =>
			namesOf(url).map(name => [name, documented] as const),
		),
	);
	const names = [...documentedOf.keys()].map(name => name.replace(/[.[\]]/g, '\\$&'));
	const local = new RegExp(`\\bhttps?://(${names.join('|')})(?!\\d)`, 'gi');
	const documentedAt = (name: string) => documentedOf.get(name.toLowerCase());
	return lines =>
		lines.map(([field, value]) => {
			if (field.toLowerCase() === 'host') return [field, authorityOf(documentedAt(value) ?? value)];
			return [field, value.replace(local, (url, name: string) => documentedAt(name) ?? url)];
		});
}

/** The names by which a client may call the listener at a URL. */
function namesOf(url: string): string[] {
	const {host, port} = new URL(url);
	return [host, ...['localhost', '127.0.0.1', '[::1]'].map(name => `${name}:${port}`)];
}

/** The authority of an origin, such as `api.example.test:8443`; what is no origin stays as it is. */
export function authorityOf(origin: string): string {
	return splitOrigin(origin)?.authority ?? origin;
}
