import {createHash, timingSafeEqual} from 'node:crypto';
import type {IncomingMessage} from 'node:http';
import {Problem} from '../problem.ts';

/**
 * Wants the token as RFC 6750, 2.1 has it: `Authorization: Bearer <token>`.
 *
 * @throws Problem TOKEN_REQUIRED
 */
export function checkToken({headers}: IncomingMessage, token: string): void {
	const given = /^bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1];
	if (given !== undefined && areEqual(given, token)) return;
	const fault = given === undefined ? '' : ', error="invalid_token"';
	throw new Problem(
		'TOKEN_REQUIRED',
		given === undefined
			? 'The request bears no token: send "Authorization: Bearer <token>".'
			: 'The token is not the one that the server was started with.',
		{headers: {'WWW-Authenticate': `Bearer realm="followthrough"${fault}`}},
	);
}

/** Takes as long whatever is given: digests are of one length. */
function areEqual(given: string, token: string): boolean {
	return timingSafeEqual(digest(given), digest(token));
}

function digest(text: string): Buffer {
	return createHash('sha256').update(text).digest();
}
