import type {Response} from './types.ts';

/** The code and the reason phrase of a `status` such as `307` or `307 TEMPORARY_REDIRECT`. */
export function parseStatus(status: Response['status']): {code: number; reason?: string} {
	if (typeof status === 'number') return {code: status};
	const space = status.indexOf(' ');
	if (space < 0) return {code: Number(status)};
	return {code: Number(status.slice(0, space)), reason: status.slice(space + 1)};
}

/** Whether a response of this status has no body (RFC 9110, 15.3.5, 15.3.6 and 15.4.5). */
export function forbidsBody(code: number): boolean {
	return code === 204 || code === 205 || code === 304;
}
