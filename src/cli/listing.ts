import {curlLine} from '../exports/curl-line.ts';
import {type Look, paint} from '../verdict/paint.ts';
import {type Listed, listedRequests} from './listed-requests.ts';

/**
 * A scenario for the terminal: its title, then each documented request with its local address and
 * the curl lines that send it.
 *
 * @param urlOf the local form of a documented URL
 */
export function formatListing(
	listed: Listed,
	urlOf: (documented: string) => string,
	look: Look,
): string {
	const {name, title = name, source} = listed.compiled.scenario;
	const heading = paint('bold', name, look) + (title === name ? '' : `: ${title}`);
	const requests = listedRequests(listed).flatMap(({documented, url, samples}) => {
		const local = paint('cyan', urlOf(url), look);
		const lines = samples.map(sample => curlLine({...sample, url: urlOf(sample.url)}));
		return [`  ${documented} → ${local}`, ...[...new Set(lines)].map(line => `    ${line}`)];
	});
	const from = source === undefined ? [] : [`  ${paint('dim', source, look)}`];
	return [heading, ...from, ...requests].join('\n');
}
