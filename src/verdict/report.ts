import {headerValue} from '../http/header-lines.ts';
import type {Exchange} from '../journal/exchange.ts';
import type {Hop} from '../journal/hop.ts';
import {
	formatBody,
	formatEarlyAnswer,
	formatInterim,
	formatProtocol,
	formatRequestLine,
	formatResponseLine,
} from './exchange-text.ts';
import {formatFinding, layFinding, marks, type ReportOptions} from './finding-text.ts';
import {layRows, type Row} from './layout.ts';
import {paint} from './paint.ts';
import {unseenLines, unservedLines} from './report-notes.ts';
import type {Surroundings} from './rule.ts';
import type {Finding, Verdict} from './verdict.ts';
import {shownValue} from './wire-text.ts';

/** More hops than a person will read are counted instead. */
const mostHops = 10;

/**
 * A verdict as text for people: the count, then every hop that was not followed or broke a rule,
 * as `formatHop` tells it. What was not served, and what was not seen of the other hops, takes a line
 * each. Findings of hops that are not given are told without their story.
 *
 * @param around the hops that the verdict is about, and the exchanges
 */
export function formatVerdict(
	verdict: Verdict,
	{hops = [], exchanges = []}: Partial<Pick<Surroundings, 'hops' | 'exchanges'>> = {},
	options: ReportOptions = {},
): string {
	const breakers = new Set(verdict.broken.map(({hop}) => hop));
	const faulty = hops.filter(({number, state}) => state !== 'followed' || breakers.has(number));
	const told = faulty.slice(0, mostHops);
	const byHop = findingsOf(told, verdict);
	const known = new Set(faulty.map(({number}) => number));
	const untold = verdict.broken.filter(({hop}) => hop === undefined || !known.has(hop));
	const left = faulty.length - mostHops;
	const summary = [
		formatCount(verdict),
		...unservedLines(exchanges),
		...unseenLines(
			verdict,
			hops.filter(({number}) => !known.has(number)),
		),
	];
	return [
		summary.join('\n'),
		...told.map(hop => formatHop(hop, byHop.get(hop.number), options)),
		...untold.slice(0, mostHops).map(finding => formatUntold(finding, exchanges, options)),
		...(left > 0 ? [`… and ${left} more hops that were not followed or broke a rule.`] : []),
	].join('\n\n');
}

/** The first line of a verdict: how many redirects there were, and what became of the rules. */
function formatCount(verdict: Verdict): string {
	const {scenario, hops, dropped, broken, kept, notObserved} = verdict;
	const gone = dropped > 0 ? ` ${exchangesGone(dropped)}` : '';
	const states = (['followed', 'declined', 'waiting'] as const)
		.filter(state => hops[state] > 0)
		.map(state => `${hops[state]} ${state}`);
	const total = hops.followed + hops.declined + hops.waiting;
	if (total === 0 && broken.length + kept.length + notObserved.length === 0)
		return `Scenario "${scenario}": no redirect was answered, so there is nothing to judge.${gone}`;
	const redirects =
		total === 0
			? 'no redirect'
			: `${total} redirect${total === 1 ? '' : 's'} (${states.join(', ')})`;
	const outcomes = `${broken.length} broken, ${kept.length} kept, ${notObserved.length} not observed`;
	return `Scenario "${scenario}": ${redirects}; rules: ${outcomes}.${gone}`;
}

function exchangesGone(count: number): string {
	const were = count === 1 ? '1 exchange was' : `${count} exchanges were`;
	return `${were} dropped from the journal before.`;
}

/**
 * A hop as text for people: what the client sent first, what it was told, what it sent then, and
 * what the rules say of it.
 *
 * @param findings the findings about this hop, from `judgeHop` or a verdict
 */
export function formatHop(
	hop: Hop,
	findings: readonly Finding[] = [],
	options: ReportOptions = {},
): string {
	const broken = findings.filter(isBreach);
	const story = [
		paint('bold', `hop ${hop.number}`, options),
		...layRows(storyRows(hop, broken), 2),
	];
	const breaches = broken.map(finding => layFinding(finding, 2, options).join('\n'));
	const rest = otherOutcomes(findings, options);
	return [story.join('\n'), ...breaches, ...(rest.length > 0 ? [rest.join('\n')] : [])].join(
		'\n\n',
	);
}

/** A breach by a hop whose story is not told, or by an exchange, with what was sent there. */
function formatUntold(
	finding: Finding,
	exchanges: readonly Exchange[],
	options: ReportOptions,
): string {
	const {hop, exchanges: numbers} = finding;
	const exchange =
		hop === undefined ? exchanges.find(({number}) => number === numbers[0]) : undefined;
	if (exchange === undefined) return formatFinding(finding, options);
	const rows = [...requestRows('sent', exchange), ...answerRows(exchange)];
	const story = [paint('bold', `exchange ${exchange.number}`, options), ...layRows(rows, 2)];
	return `${story.join('\n')}\n\n${layFinding(finding, 2, options).join('\n')}`;
}

/** The findings about some hops, by their numbers; a verdict may be about many more. */
function findingsOf(
	hops: readonly Hop[],
	{broken, kept, notObserved}: Verdict,
): Map<number, Finding[]> {
	const groups = new Map(hops.map(({number}): [number, Finding[]] => [number, []]));
	if (groups.size === 0) return groups;
	for (const list of [broken, kept, notObserved])
		for (const finding of list)
			if (finding.hop !== undefined) groups.get(finding.hop)?.push(finding);
	return groups;
}

function isBreach({outcome}: Finding): boolean {
	return outcome === 'broken';
}

function storyRows(hop: Hop, broken: readonly Finding[]): Row[] {
	const {redirect, followUp, link} = hop;
	const rows = [...requestRows('sent first', redirect), ...answerRows(redirect)];
	if (followUp === undefined) return [...rows, {label: 'sent then', text: absence(hop, broken)}];
	rows.push(...requestRows('sent then', followUp));
	if (wasUnusual(followUp)) rows.push(...answerRows(followUp));
	if (broken.length === 0 || link === undefined || link.certain) return rows;
	const doubts = link.doubts.map(doubt => doubtWords[doubt]).join(', and ');
	return [
		...rows,
		{label: 'linked by', text: `${link.evidence.join(', ')}; not certain: ${doubts}`},
	];
}

const doubtWords = {
	'another redirect': 'another redirect fitted as well',
	'a call of its own': 'it may be a call of its own',
} as const;

function requestRows(label: string, exchange: Exchange): Row[] {
	const {request, number} = exchange;
	const type = headerValue(request.headers, 'content-type');
	const body = request.body.size === 0 && request.framing === 'none' ? [] : [formatBody(request)];
	const typed = type === undefined ? [] : [`Content-Type: ${shownValue('content-type', type)}`];
	const text = [formatRequestLine(request), ...typed, ...body].join('\n');
	const protocol = formatProtocol(request);
	const note = protocol === undefined ? '' : `${protocol}, `;
	return [{label, text, note: `${note}exchange ${number}`}];
}

/** What was answered, and what the client did where that was before the end of its body. */
function answerRows(exchange: Exchange): Row[] {
	const early = formatEarlyAnswer(exchange.request);
	return [
		{
			label: 'was told',
			text: [...formatInterim(exchange), formatResponseLine(exchange)].join('\n'),
		},
		...(early === undefined ? [] : [{label: 'meanwhile', text: early}]),
	];
}

/** Whether the answer to a follow-up has a part in what came of the follow-up. */
function wasUnusual({interim, request, response}: Exchange): boolean {
	return (
		interim !== undefined || request.afterAnswer !== undefined || response?.fault !== undefined
	);
}

function absence({state}: Hop, broken: readonly Finding[]): string {
	if (broken.some(({rule}) => rule === 'no-request-inside-body'))
		return 'nothing of its own: a request began inside the body (see below)';
	return state === 'waiting' ? 'nothing yet' : 'nothing: the redirect was not followed';
}

function otherOutcomes(findings: readonly Finding[], options: ReportOptions): string[] {
	const kept = findings.filter(({outcome}) => outcome === 'kept').map(({rule}) => rule);
	const unseen = findings.filter(({outcome}) => outcome === 'not observed');
	const green = (label: string) => paint('green', label, options);
	const yellow = (label: string) => paint('yellow', label, options);
	const rows = [
		...(kept.length > 0
			? [{label: `${marks.kept} kept`, text: kept.join(', '), paint: green}]
			: []),
		...unseen.map(({rule, reason}) => ({
			label: `${marks['not observed']} not observed`,
			text: `${rule}: ${reason ?? ''}`,
			paint: yellow,
		})),
	];
	if (rows.length === 0) return [];
	return layRows(rows, 2);
}
