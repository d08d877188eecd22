import {maxHeaderSize} from 'node:http';

/** What a door takes before it refuses. docs/limits.md has them all, with what clients and the journal see. */
export interface Limits {
	/** How large the head of a request of HTTP/1 may be, in bytes; a larger one is answered 431. */
	readonly headSize: number;
	/** How long a head may take from its first byte on, in milliseconds; a slower one is answered 408. */
	readonly headTimeout: number;
	/** How long a TLS handshake may take from its first byte on, in milliseconds. */
	readonly handshakeTimeout: number;
	/** How long a client that was refused is read on, so that it sees the answer, in milliseconds. */
	readonly linger: number;
}

/** The limits of every double. */
export const defaultLimits: Limits = {
	// Four times what Node takes unless told: real clients send large cookies and tokens, and a double
	// should refuse no request that some server takes.
	headSize: Math.max(maxHeaderSize, 65_536),
	// Node's own. Nothing on loopback is slower that is not broken.
	headTimeout: 60_000,
	// Node's own.
	handshakeTimeout: 120_000,
	// A program on the same machine has sent tens of MiB by then, and read what was answered.
	linger: 2000,
};

/**
 * How long a whole request may take: any time. An upload of hours is what a double may be there for,
 * and one that hangs is ended by the patience of whoever tests.
 */
export const requestTimeout = 0;

/**
 * How many header lines a request may have; 0 for any number. Node would drop those that are too many
 * without a word, so that a record would miss them: the size of the head is limit enough.
 */
export const headerLinesLimit = 0;

/**
 * How large the fields of an HTTP/2 request may be, in bytes as RFC 9113, 6.5.2 counts them; the stream
 * of one with larger ones is refused.
 */
export const headerListLimit = 65_535;

/** How many header lines a request of HTTP/2 may have; one with more has its stream refused. */
export const headerPairsLimit = 8192;
