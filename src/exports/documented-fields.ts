import type {Double} from '../double.ts';
import type {HeaderLine, HeaderLines} from '../http/header-lines.ts';
import {splitOrigin} from '../http/origin.ts';

/** Gives field lines in which a listener's address stands their documented form. */
export type DocumentFields = (lines: HeaderLines) => HeaderLine[];

/**
 * A client that was given local URLs names the listeners in Host, Origin, Referer and the like, and is
 * given Locations that do. In an export, all of these are as at the documented URLs.
 */
export function documentFields(origins: Double['origins']): DocumentFields {
	const documentedOf = new Map(origins.map(({documented, url}) => [authorityOf(url), documented]));
	const addresses = [...documentedOf.keys()].map(each => each.replace(/[.[\]]/g, '\\$&'));
	const local = new RegExp(`\\bhttps?://(${addresses.join('|')})(?![\\d.])`, 'g');
	return lines =>
		lines.map(([name, value]) => {
			if (name.toLowerCase() === 'host')
				return [name, authorityOf(documentedOf.get(value) ?? value)];
			const documented = value.replace(local, (whole, at: string) => documentedOf.get(at) ?? whole);
			return [name, documented];
		});
}

/** The authority of an origin, such as `api.example.test:8443`; what is no origin stays as it is. */
export function authorityOf(origin: string): string {
	return splitOrigin(origin)?.authority ?? origin;
}
