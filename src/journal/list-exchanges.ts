import {printable} from '../http/printable.ts';
import {maskedUrl} from '../http/secrets.ts';
import type {Exchange} from './exchange.ts';
import {isNoHttp, noHttpWords, sentWords, whyUnserved} from './exchange-words.ts';

/** What arrived, a line an exchange and at most 20 of them, for the errors of waits that failed. */
export function listExchanges(exchanges: readonly Exchange[]): string {
	if (exchanges.length === 0) return '  No request came.';
	const shown = exchanges.slice(-20).map(exchange => `  ${describeExchange(exchange)}`);
	const left = exchanges.length - shown.length;
	return [...(left > 0 ? [`  … ${left} before these`] : []), ...shown].join('\n');
}

/**
 * An exchange in a line, such as `exchange 1: POST https://api.example.test/users -> 307`, with the
 * reason where no route took it or it was no HTTP.
 */
function describeExchange(exchange: Exchange): string {
	const {number, request, response, sealed} = exchange;
	const asked = isNoHttp(request)
		? noHttpWords(request)
		: `${printable(request.method)} ${printable(maskedUrl(request.url))}`;
	const body = request.body.size > 0 ? `, ${request.body.size} bytes` : '';
	const cut = request.endedAt !== undefined && !request.body.complete ? ', cut off' : '';
	const answered = response
		? ` -> ${sentWords(response, `${response.status}`)}`
		: sealed
			? ', not answered'
			: ', going on';
	const why = whyUnserved(exchange);
	const reason = why === undefined ? '' : `: ${why}`;
	return `exchange ${number}: ${asked}${body}${cut}${answered}${reason}`;
}
