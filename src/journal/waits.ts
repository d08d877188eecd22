import {FollowthroughError} from '../errors.ts';
import {timeoutOf} from './changes.ts';
import type {ConnectionRecord} from './connections.ts';
import {type Chain, type FollowedHop, type Hop, isFollowed} from './hop.ts';
import type {WaitOptions} from './journal.ts';
import {listExchanges} from './list-exchanges.ts';
import type {Records} from './records.ts';

/** The part of a journal that waits look at. */
interface Watched {
	readonly records: Records;
	readonly connections: readonly ConnectionRecord[];
	hops(): readonly Hop[];
	chains(): readonly Chain[];
}

/**
 * The only hop, once its follow-up is sealed.
 *
 * @throws FollowthroughError HOP_AMBIGUOUS as soon as there is a second redirect; WAIT_TIMED_OUT,
 *   with a list of what did arrive, when no redirect was answered or none was followed
 */
export async function waitForHop(watched: Watched, options?: WaitOptions): Promise<FollowedHop> {
	const timeout = timeoutOf(options?.timeout);
	const {records} = watched;
	const look = () => {
		if (records.hops.count > 1) throw ambiguous('hop', records);
		const [hop] = watched.hops();
		return hop && isFollowed(hop) && hop.followUp.sealed ? hop : undefined;
	};
	const found = await records.changes.until(look, timeout, options?.signal);
	if (found !== undefined) return found;
	const [hop] = watched.hops();
	const state =
		hop === undefined
			? noRedirect(records)
			: isFollowed(hop)
				? `the follow-up (exchange ${hop.followUp.number}) is still going on`
				: `the redirect (exchange ${hop.redirect.number}) was not followed`;
	throw timedOut(
		`No hop came about: ${state}`,
		{records, connections: watched.connections},
		timeout,
	);
}

/**
 * The only chain, once its last exchange is sealed and is no redirect that could be followed.
 *
 * @throws FollowthroughError HOP_AMBIGUOUS as soon as there is a second chain; WAIT_TIMED_OUT, with
 *   a list of what did arrive, when the chain has not come to its end
 */
export async function waitForChain(watched: Watched, options?: WaitOptions): Promise<Chain> {
	const timeout = timeoutOf(options?.timeout);
	const {records} = watched;
	const look = () => {
		const [chain, ...others] = watched.chains();
		if (others.length > 0) throw ambiguous('chain', records);
		return chain && isWhole(chain) ? chain : undefined;
	};
	const found = await records.changes.until(look, timeout, options?.signal);
	if (found !== undefined) return found;
	const [chain] = watched.chains();
	const state =
		chain === undefined
			? noRedirect(records)
			: `its last redirect (exchange ${chain.hops.at(-1)?.redirect.number}) was not followed to a final response`;
	throw timedOut(
		`No chain came to its end: ${state}`,
		{records, connections: watched.connections},
		timeout,
	);
}

function noRedirect({hops}: Records): string {
	return hops.count === 0
		? 'no redirect was answered'
		: 'the journal has dropped the redirect that was answered';
}

function isWhole({hops, exchanges}: Chain): boolean {
	const last = hops.at(-1);
	return last !== undefined && isFollowed(last) && exchanges.at(-1)?.sealed === true;
}

function ambiguous(what: 'hop' | 'chain', {exchanges}: Records): FollowthroughError {
	const many = what === 'hop' ? 'redirect was answered' : 'chain began';
	return new FollowthroughError(
		'HOP_AMBIGUOUS',
		`There is no single ${what}: more than one ${many}. Use ${what}s() and choose. What came:\n${listExchanges(exchanges)}`,
	);
}

/** The error of a wait that ended with nothing. */
export function timedOut(
	what: string,
	{records: {exchanges, changes}, connections}: Pick<Watched, 'records' | 'connections'>,
	timeout: number,
): Error {
	const came = `What came:\n${listExchanges(exchanges)}${distrust(connections)}`;
	if (changes.closed)
		return new FollowthroughError(
			'DOUBLE_CLOSED',
			`${what}, and the double was closed or reset while this was waited for. ${came}`,
		);
	return new FollowthroughError('WAIT_TIMED_OUT', `${what} within ${timeout} ms. ${came}`);
}

/** A client may finish the handshake of TLS 1.3 and leave without a word when it distrusts the certificate. */
function distrust(connections: readonly ConnectionRecord[]): string {
	const silent = connections.filter(({tls, exchanges}) => tls !== undefined && exchanges === 0);
	if (silent.length === 0) return '';
	const many = silent.length === 1 ? '1 TLS connection' : `${silent.length} TLS connections`;
	return `\nNo request came on ${many}: if the client does not trust the double's CA, give it double.ca.`;
}
