import {
	ConnectionFactsRecord,
	ExchangeRecord,
	RequestRecord,
	responseRecordOf,
} from './kept-records.ts';
import {SharedParts} from './shared-parts.ts';
import {nothingRead, StoredBody} from './stored-body.ts';

/**
 * V8 settles how much room the objects of a class have by the first seven that it sees. These come
 * first, with all that is usual, so that it does not depend on how the first requests happen to go.
 */
export function makeRoom(): void {
	const shared = new SharedParts();
	const url = 'http://localhost/';
	const protocol = {httpVersion: '1.1', framing: 'none'} as const;
	const head = {method: 'GET', target: '/', url, origin: url, headers: [], ...protocol};
	const body = new StoredBody(nothingRead, {request: head, checkJson: async () => []});
	const location = {documented: url, sent: url};
	const final = {status: 200, reason: '', headers: [], bodySize: 0, route: 0};
	const redirect = {...final, location};
	for (let time = 0; time < 16; time++) {
		const request = new RequestRecord(head, body, 1, shared);
		request.endedAt = 1;
		const facts = new ConnectionFactsRecord(1, 1, {peer: '', door: 'listener'});
		const exchange = new ExchangeRecord(1, request, facts);
		exchange.response = responseRecordOf(time % 2 === 0 ? final : redirect, 1, shared);
	}
}
