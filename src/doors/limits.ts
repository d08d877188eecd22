import {maxHeaderSize} from 'node:http';

/** How large the head of a request may be, in bytes; a larger one is answered 431. */
export const headLimit = maxHeaderSize;

/** How long the head of a request may take, in milliseconds; a slower one is answered 408. */
export const headTimeout = 60_000;

/** How long a whole request may take, in milliseconds; 0 for any time. */
export const requestTimeout = 300_000;

/** How long a TLS handshake may take, in milliseconds. */
export const handshakeTimeout = 120_000;

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
