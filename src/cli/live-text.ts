import {printable} from '../http/printable.ts';
import {maskedText, maskedUrl, maskedValue} from '../http/secrets.ts';
import type {Exchange, RecordedRequest} from '../journal/exchange.ts';
import {whyUnserved} from '../journal/exchange-words.ts';
import type {Hop} from '../journal/hop.ts';
import {
	formatEarlyAnswer,
	formatInterim,
	formatProtocol,
	formatRequestLine,
	formatResponseLine,
} from '../verdict/exchange-text.ts';
import {formatFinding, type ReportOptions} from '../verdict/finding-text.ts';
import {type Look, paint} from '../verdict/paint.ts';
import {formatHop} from '../verdict/report.ts';
import type {Finding} from '../verdict/verdict.ts';
import {bytesInWords} from '../verdict/wire-text.ts';

/** What is told of an exchange once it is over. */
export interface LiveExchange {
	/** The scenario's name. */
	readonly scenario: string;
	readonly exchange: Exchange;
	/** The hop that it ends, with what the rules say of it; absent when it follows no redirect. */
	readonly hop?: {readonly hop: Hop; readonly findings: readonly Finding[]} | undefined;
	/** Rules about exchanges that it broke. */
	readonly ofExchange: readonly Finding[];
	/** Rules about redirects that it broke, where it was answered with one. */
	readonly ofRedirect: readonly Finding[];
	/** Rules about chains that it broke. */
	readonly ofChain: readonly Finding[];
	/** Rules about earlier hops that it broke, if the same client sent it. */
	readonly suspicions: readonly Finding[];
}

/**
 * An exchange for the terminal: what was asked, what was answered, and what came to light with it.
 * A hop that kept the rules takes a line, one that did not is told in full. Secrets are masked.
 */
export function formatLive(live: LiveExchange, look: ReportOptions): string {
	const {scenario, exchange} = live;
	const label = `${scenario} ${exchange.number}`;
	const lines = [
		requestLine(exchange.request, look),
		...formatInterim(exchange).map(line => `→ ${line}`),
		answerLine(exchange, look),
		...earlyAnswerLines(exchange),
		...missLines(live, look),
		...exchangeLines(live, look),
		...redirectLines(live, look),
		...hopLines(live, look),
		...suspicionLines(live, look),
	];
	const start = ' '.repeat(label.length + 2);
	const [first, ...more] = lines;
	const short = [`${paint('dim', label, look)}  ${first}`, ...more.map(line => start + line)];
	return [short.join('\n'), ...stories(live, look)].join('\n\n');
}

function requestLine(request: RecordedRequest, look: Look): string {
	const {body, malformed} = request;
	const cut = request.endedAt !== undefined && !body.complete ? ', cut off' : '';
	const size = body.size > 0 ? `, ${bytesInWords(body.size)}` : '';
	const fault = malformed === undefined ? '' : `: ${faultyLine(malformed.bytes)}`;
	const spoken = formatProtocol(request);
	const protocol = spoken === undefined ? '' : `, ${spoken}`;
	return paint('bold', formatRequestLine(request), look) + protocol + size + cut + fault;
}

/** The first line of bytes that are no HTTP; it may be a field line, with a secret in it. */
function faultyLine(bytes: Uint8Array): string {
	const [line = ''] = Buffer.from(bytes.subarray(0, 200)).toString('latin1').split(/\r?\n/, 1);
	const [, name, value] = /^([\w-]+):\s*(.*)$/.exec(line) ?? [];
	const safe =
		name === undefined || value === undefined
			? maskedText(maskedUrl(line))
			: `${name}: ${maskedValue(name, value)}`;
	return printable(Buffer.from(safe, 'latin1'), 80);
}

function answerLine(exchange: Exchange, look: Look): string {
	const status = exchange.response?.status ?? 0;
	const line = formatResponseLine(exchange);
	if (status >= 300 && status < 400) return `→ ${paint('cyan', line, look)}`;
	return `→ ${status >= 400 || status === 0 ? paint('yellow', line, look) : line}`;
}

function earlyAnswerLines({request}: Exchange): string[] {
	const early = formatEarlyAnswer(request);
	return early === undefined ? [] : [`  ${early}`];
}

/** Why no route took it, with all reasons where one came near; or why it is no HTTP. */
function missLines({exchange}: LiveExchange, look: Look): string[] {
	const {nearest, reasons = []} = exchange.miss ?? {};
	const why = whyUnserved(exchange);
	if (why === undefined) return [];
	if (nearest === undefined) return [paint('yellow', `! ${why}`, look)];
	return [
		`${paint('yellow', '! no route matches', look)}; the nearest is ${nearest}`,
		...reasons.map(reason => `  ${reason}`),
	];
}

function redirectLines({ofRedirect}: LiveExchange, look: Look): string[] {
	const [first] = ofRedirect;
	if (first === undefined) return [];
	const rules = ofRedirect.map(({rule}) => rule).join(', ');
	return [paint('red', `✗ hop ${first.hop}: broke ${rules}`, look)];
}

function exchangeLines({exchange, ofExchange}: LiveExchange, look: Look): string[] {
	if (ofExchange.length === 0) return [];
	const rules = ofExchange.map(({rule}) => rule).join(', ');
	return [paint('red', `✗ exchange ${exchange.number}: broke ${rules}`, look)];
}

function hopLines({hop: judged}: LiveExchange, look: Look): string[] {
	if (judged === undefined) return [];
	const {hop, findings} = judged;
	const broken = findings.filter(({outcome}) => outcome === 'broken');
	const name = `hop ${hop.number} (exchange ${hop.redirect.number} → ${hop.followUp?.number ?? ''})`;
	if (broken.length > 0) {
		const rules = broken.map(({rule}) => rule).join(', ');
		return [paint('red', `✗ ${name}: broke ${rules}`, look)];
	}
	const kept = findings.filter(({outcome}) => outcome === 'kept').length;
	return [paint('green', `✓ ${name}: kept ${kept === 1 ? '1 rule' : `${kept} rules`}`, look)];
}

/** A call of its own may come from another client: then nothing is broken. */
function suspicionLines({suspicions}: LiveExchange, look: Look): string[] {
	return suspicions.flatMap(({hop, rule, expected = ''}) => [
		`${paint('yellow', `! if the client of hop ${hop} sent this, it broke ${rule}`, look)};`,
		`  expected ${expected}`,
	]);
}

/** What needs more than a line. */
function stories(
	{hop: judged, ofExchange, ofRedirect, ofChain}: LiveExchange,
	look: ReportOptions,
): string[] {
	const findings = judged?.findings ?? [];
	const isFaulty = findings.some(({outcome}) => outcome === 'broken');
	const stories = [
		...(judged && isFaulty ? [formatHop(judged.hop, findings, look)] : []),
		...[...ofExchange, ...ofRedirect, ...ofChain].map(finding => formatFinding(finding, look)),
	];
	// An empty line after the last one, too.
	return stories.length > 0 ? [`${stories.join('\n\n')}\n`] : [];
}
