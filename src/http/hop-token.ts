/** The query parameter that carries a hop's token where links are tagged. */
export const tokenParameter = 'followthrough-hop';

const inQuery = new RegExp(`([?&])${tokenParameter}=([^&#]*)(&?)`);

/** A Location with the token put at the end of its query; nothing else of it changes. */
export function withToken(location: string, token: string): string {
	const hash = location.indexOf('#');
	// White space behind a field's value is no part of it (RFC 9110, 5.5).
	const end = hash < 0 ? location.replace(/[\t ]+$/, '').length : hash;
	const before = location.slice(0, end);
	const mark = before.includes('?') ? '&' : '?';
	return `${before}${mark}${tokenParameter}=${token}${location.slice(end)}`;
}

/** A request-target without the token, and the token; nothing else of the target changes. */
export function withoutToken(target: string): {target: string; token?: string} {
	if (!target.includes(tokenParameter)) return {target};
	const match = inQuery.exec(target);
	const token = match?.[2];
	if (match === null || token === undefined) return {target};
	const [found, before = '', , after = ''] = match;
	// The separator that led in stays when something follows: `?t=1&a=2` becomes `?a=2`.
	const rest = target.slice(match.index + found.length);
	return {target: target.slice(0, match.index) + (after === '' ? '' : before) + rest, token};
}
