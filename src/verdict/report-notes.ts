import type {Exchange} from '../journal/exchange.ts';
import {isNoHttp, whyUnserved} from '../journal/exchange-words.ts';
import {type FollowedHop, type Hop, isFollowed} from '../journal/hop.ts';
import {lacksOnlyTheOriginal} from './compare-bodies.ts';
import {formatRequestLine} from './exchange-text.ts';
import {promisedLength} from './message-facts.ts';
import {notObserved} from './rule.ts';
import type {Finding, Verdict} from './verdict.ts';
import {bytesInWords} from './wire-text.ts';

/** A line that counts the exchanges that took no route or were no HTTP, and says why of the first; none for none. */
export function unservedLines(exchanges: readonly Exchange[]): string[] {
	const noHttp = exchanges.filter(({request}) => isNoHttp(request));
	const noRoute = exchanges.filter(({request, miss}) => miss !== undefined && !isNoHttp(request));
	const [first] = [...noHttp, ...noRoute].sort((a, b) => a.number - b.number);
	if (first === undefined) return [];
	const were = noHttp.length === 1 ? 'was' : 'were';
	const counts =
		noRoute.length === 0
			? `${counted(noHttp.length)} ${were} no HTTP`
			: noHttp.length === 0
				? `${counted(noRoute.length)} took no route`
				: `${counted(noRoute.length)} took no route, ${noHttp.length} ${were} no HTTP`;
	const what = noHttp.length + noRoute.length === 1 ? 'it is' : 'the first is';
	const why = whyUnserved(first);
	const reason = why === undefined ? '' : `: ${why}`;
	return [
		`${counts}; ${what} exchange ${first.number}, ${formatRequestLine(first.request)}${reason}`,
	];
}

function counted(exchanges: number): string {
	return exchanges === 1 ? '1 exchange' : `${exchanges} exchanges`;
}

/**
 * A line for each must or should rule that was not observed because a body came in part, in hops
 * whose story is not told.
 */
export function unseenLines({notObserved: unseen}: Verdict, hops: readonly Hop[]): string[] {
	const partial = new Map(
		hops.flatMap(hop => (isFollowed(hop) && cameInPart(hop) ? [[hop.number, hop]] : [])),
	);
	if (partial.size === 0) return [];
	const rules = new Map<string, {readonly reason: string; count: number}>();
	for (const finding of unseen) {
		const hop = finding.hop === undefined ? undefined : partial.get(finding.hop);
		if (hop === undefined || (finding.level !== 'must' && finding.level !== 'should')) continue;
		const first = rules.get(finding.rule);
		if (first !== undefined) first.count++;
		else rules.set(finding.rule, {reason: reasonOf(finding, hop), count: 1});
	}
	return [...rules].map(([rule, {reason, count}]) => {
		const more = count === 1 ? '' : `; and ${count - 1} more of this rule`;
		return `not observed: ${rule} (${reason})${more}`;
	});
}

/** Also a body of unknown length that ended when it was answered may have come in part. */
function cameInPart({redirect, followUp}: FollowedHop): boolean {
	const {body, afterAnswer} = redirect.request;
	return afterAnswer !== undefined || !body.complete || !followUp.request.body.complete;
}

function reasonOf({rule, reason = ''}: Finding, hop: FollowedHop): string {
	if (rule !== 'body-preserved' || !lacksOnlyTheOriginal(hop, notObserved(reason))) return reason;
	const {request} = hop.redirect;
	const {body} = request;
	const what = body.complete ? reason : partOf(body.size, promisedLength(request));
	return `${what}; to be sure: hop.assertPreserved({body: …})`;
}

function partOf(came: number, promised: number | undefined): string {
	if (promised === undefined) return `only ${bytesInWords(came)} came, and not the end`;
	return `only ${came.toLocaleString('en-US')} of ${bytesInWords(promised)} came`;
}
