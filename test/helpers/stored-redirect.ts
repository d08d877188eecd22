import type {HeaderLines} from '../../src/http/header-lines.ts';
import type {Exchange} from '../../src/journal/exchange.ts';
import type {FollowedHop} from '../../src/journal/hop.ts';
import {buildExchange, hopOf, type RequestData} from './build-hop.ts';

/** Where a redirect comes from, and where it leads to. */
export const [old, moved] = ['https://api.example.test/v1', 'https://api.example.test/v2'];

const headers = {'User-Agent': 'app/1'};

/** A tagged hop from the old to the moved address, answered at 15 ms; its token is t1. */
export function storedHop({
	method = 'GET',
	status = 307,
	fields = [],
	token = 't1',
	outcome = 200,
}: {
	readonly method?: string;
	readonly status?: number;
	readonly fields?: HeaderLines;
	readonly token?: string | undefined;
	/** What the follow-up was answered. */
	readonly outcome?: number;
} = {}): FollowedHop {
	const redirect = {status, location: moved, headers: fields};
	const hopToken = token === '' ? {} : {hopToken: token};
	return hopOf(
		1,
		buildExchange(1, {request: `${method} ${old}`, headers}, redirect),
		buildExchange(2, {request: `${method} ${moved}`, headers, ...hopToken}, {status: outcome}),
	);
}

/** A later call, by default the third exchange; to the moved address it carries the token. */
export function laterCall(request: string, more: Partial<RequestData> = {}, number = 3): Exchange {
	const token = request.endsWith(moved) ? {hopToken: 't1'} : {};
	return buildExchange(number, {request, headers, ...token, ...more}, {status: 200});
}
