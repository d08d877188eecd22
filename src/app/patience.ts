/** How long a client is waited for that neither sends nor leaves, in milliseconds. */
export const patience = 2000;

/** Milliseconds within which what a client has sent, or that it has left, is seen when reading goes on. */
export const glance = 250;

/**
 * More bytes than are on their way between two programs on one machine when the receiver does not
 * read: the buffers of both sides, as systems are set up by default. Who sends more has waited.
 */
export const underWay = 16 * 1024 * 1024;
