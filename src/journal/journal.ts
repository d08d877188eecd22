import type {ConnectionRecord} from './connections.ts';
import type {Exchange} from './exchange.ts';
import type {Chain, Hop} from './hop.ts';

/** How long a wait may take. */
export interface WaitOptions {
	/** Milliseconds; 5000 unless told. */
	readonly timeout?: number;
	/** Ends the wait, which rejects with the signal's reason. */
	readonly signal?: AbortSignal;
}

/**
 * The ordered record of all exchanges of a double. Iterating it with `for await` yields each
 * exchange when it is sealed, those that are there first, until the double is closed or reset.
 */
export interface Journal extends AsyncIterable<Exchange> {
	/** All exchanges in the order in which their heads arrived, also those that are not sealed yet. */
	readonly exchanges: readonly Exchange[];
	/**
	 * All connections in the order in which they were opened, as they are now. Where a limit is set, those
	 * that have closed go with the last of their exchanges; a reset leaves those that are open.
	 */
	readonly connections: readonly ConnectionRecord[];
	/**
	 * When it began, with the double or its last reset, in milliseconds since 1970, as `Date.now()`. The
	 * times of its records count from here.
	 */
	readonly startedAt: number;
	/** How many exchanges the limit has dropped, oldest first; 0 when no limit is set. */
	readonly dropped: number;
	/** All redirects in the order in which they were answered, each with its follow-up when it came. */
	hops(): readonly Hop[];
	/** All chains with at least one hop, in the order of their original requests. */
	chains(): readonly Chain[];
	/** The hop that an exchange is the follow-up of; undefined when it follows nothing. */
	hopTo(followUp: Exchange): Hop | undefined;
	/** The hop that begins with an exchange; undefined when that was not answered with a redirect. */
	hopFrom(redirect: Exchange): Hop | undefined;
	/** The exchanges that fit, sealed or not. */
	filter(fits: (exchange: Exchange) => boolean): readonly Exchange[];
	/**
	 * The first sealed exchange that fits, also one that is yet to come.
	 *
	 * @throws FollowthroughError WAIT_TIMED_OUT, with a list of what did arrive
	 */
	waitFor(fits: (exchange: Exchange) => boolean, options?: WaitOptions): Promise<Exchange>;
}
