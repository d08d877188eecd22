/** The redirect statuses of the Fetch Standard (2.2.3, "redirect status"). */
export type RedirectStatus = 301 | 302 | 303 | 307 | 308;

/** Whether `status` is one of 301, 302, 303, 307 and 308. */
export function isRedirectStatus(status: number): status is RedirectStatus {
	return status === 301 || status === 302 || status === 303 || status === 307 || status === 308;
}

/** Whether the status forbids any change of the request method (RFC 9110, 15.4.8 and 15.4.9). */
export function preservesMethod(status: RedirectStatus): boolean {
	return status === 307 || status === 308;
}

/**
 * Whether a client that follows `status` may turn `from` into `to`: unchanged methods always but
 * for 303, POST to GET on 301 and 302 (RFC 9110, 15.4.2 and 15.4.3), and anything to GET or HEAD
 * on 303 (15.4.4).
 */
export function allowsMethod(status: RedirectStatus, from: string, to: string): boolean {
	if (status === 303) return to === 'GET' || to === 'HEAD';
	if (from === to) return true;
	return !preservesMethod(status) && from === 'POST' && to === 'GET';
}
