import type {IncomingMessage} from 'node:http';
import {Problem} from '../problem.ts';

/**
 * Refuses what a browser sends for a page of another origin: by Sec-Fetch-Site, which all browsers of
 * today send to trustworthy addresses such as those of loopback (Fetch Metadata), and by Origin, which
 * all send with what could change something (Fetch, 3.2). A program sends neither.
 *
 * @throws Problem CROSS_SITE_REFUSED
 */
export function refuseCrossSite({headers}: IncomingMessage): void {
	const {origin, host} = headers;
	const site = headers['sec-fetch-site'];
	const isOwnSite = site === undefined || site === 'same-origin' || site === 'none';
	const isOwnOrigin =
		origin === undefined || origin.toLowerCase() === `http://${host}`.toLowerCase();
	if (isOwnSite && isOwnOrigin) return;
	const sign = isOwnSite ? `Origin: ${origin}` : `Sec-Fetch-Site: ${site}`;
	throw new Problem(
		'CROSS_SITE_REFUSED',
		`A browser sent this for a page of another origin (${sign}).`,
	);
}
