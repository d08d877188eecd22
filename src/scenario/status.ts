import type {Response} from './types.ts';

/** The code and the reason phrase of a `status` such as `307` or `307 TEMPORARY_REDIRECT`. */
export function parseStatus(status: Response['status']): {code: number; reason?: string} {
	if (typeof status === 'number') return {code: status};
	const space = status.indexOf(' ');
	if (space < 0) return {code: Number(status)};
	return {code: Number(status.slice(0, space)), reason: status.slice(space + 1)};
}
